// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/settingsgroup.h"

class QCheckBox;
class QLineEdit;

namespace ui {

/// One destination's fields. Emits what stands in them once editing a field ends; says mistakes at the field.
class DestinationCard final : public QWidget
{
    Q_OBJECT
public:
    DestinationCard(const Theme &theme, deliver::DestinationConfig config, QWidget *parent);

    [[nodiscard]] const deliver::DestinationConfig &config() const { return m_config; }
    /// At the address: that is where a loop or a bad host stands.
    void showError(const base::Error &error);
    void clearError();
    [[nodiscard]] QString errorText() const;
    void focusName();

signals:
    void edited();
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void take();
    void showKey();

    const Theme &m_theme;
    deliver::DestinationConfig m_config;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QLineEdit *m_key;
    QCheckBox *m_live;
    QLabel *m_error;
};

/// Where events are sent on to. A destination is saved once its fields are good; nothing is forwarded until
/// its switch is on.
class DestinationSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    DestinationSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

private:
    void addCard(const deliver::DestinationConfig &config);
    void addNew();
    void remove(DestinationCard *card);
    void save(DestinationCard *edited);
    void offerUndo(const QString &sentence, const std::vector<deliver::DestinationConfig> &before);
    [[nodiscard]] std::vector<deliver::DestinationConfig> configs() const;

    QVBoxLayout *m_column;
    UndoLine *m_undo;
    QLabel *m_empty;
    std::vector<DestinationCard *> m_cards;
    int m_row;
};

} // namespace ui
