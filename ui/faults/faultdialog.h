// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"
#include "ui/theme/theme.h"

#include <vector>

#include <QDialog>
#include <QHash>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace ui {

class FaultCard;

/// What the sources are called whose write keys a fault can be played on: keyHash to name.
[[nodiscard]] QHash<QByteArray, QString> faultSources(const std::vector<store::Source> &sources);

/// Plays faults on a source and shows whether its SDK keeps every event. Not modal: the app is used
/// meanwhile.
class FaultDialog final : public QDialog
{
    Q_OBJECT
public:
    FaultDialog(Services &services, const Theme &theme, QWidget *parent);

private:
    void buildForm(QFormLayout &form);
    void showKind();
    void play();
    void refresh();
    void takeSources(const std::vector<store::Source> &sources);

    Services &m_services;
    const Theme &m_theme;
    QComboBox *m_source;
    QComboBox *m_kind;
    QComboBox *m_limit;
    QSpinBox *m_amount;
    QSpinBox *m_retryAfter;
    QSpinBox *m_delay;
    QLabel *m_what;
    QLabel *m_error;
    QPushButton *m_play;
    QPushButton *m_clear;
    QLabel *m_none;
    QVBoxLayout *m_cardColumn;
    std::vector<FaultCard *> m_cards;
    QHash<QByteArray, QString> m_names;
};

} // namespace ui
