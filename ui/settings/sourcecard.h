// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "intake/sourcebook.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

class ElidedLabel;
class SourceEditor;
struct KnownKey;

/// A dot in a source's colour, as the stream shows it.
class SourceDot final : public QWidget
{
public:
    SourceDot(const Theme &theme, QWidget *parent);
    void setRole(Role role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_role = Role::Source8;
};

/// A source its user defined: a line with what he does most, and the editor below it on request.
class SourceCard final : public QWidget
{
    Q_OBJECT
public:
    SourceCard(const Theme &theme, const intake::SourceConfig &config, const QStringList &destinations,
               const std::vector<KnownKey> &seenKeys, QWidget *parent);

    [[nodiscard]] const intake::SourceConfig &config() const;
    /// Its colour by order, and how many events it has.
    void setSeen(Role byOrder, std::uint64_t events);
    void open();
    void showError(const base::Error &error);
    void clearError();
    [[nodiscard]] QString errorText() const;

signals:
    void edited();
    void soloWanted();
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    Role m_byOrder = Role::Source8;
    std::uint64_t m_events = 0;
    SourceDot *m_dot;
    ElidedLabel *m_name;
    ElidedLabel *m_about;
    QToolButton *m_solo;
    QToolButton *m_mute;
    QToolButton *m_edit;
    QToolButton *m_remove;
    SourceEditor *m_editor;
    QLabel *m_error;
};

} // namespace ui
