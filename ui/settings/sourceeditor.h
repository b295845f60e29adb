// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/sourcebook.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

namespace ui {

class ConventionsBox;
class KeyList;
class PathEdit;
struct KnownKey;

/// "one, two" as a list, and back.
[[nodiscard]] QStringList listOf(const QString &text);

/// Everything of one source: name, colour, what recognises it, and its own plans, conventions and
/// destinations. Emits once editing a field ends and something is different.
class SourceEditor final : public QWidget
{
    Q_OBJECT
public:
    SourceEditor(const Theme &theme, intake::SourceConfig config, const QStringList &destinations,
                 const std::vector<KnownKey> &seenKeys, QWidget *parent = nullptr);

    [[nodiscard]] const intake::SourceConfig &config() const { return m_config; }
    void toggleMuted();
    void focusName();

signals:
    void edited();

private:
    void addMatchRows(QFormLayout &form, const std::vector<KnownKey> &seenKeys);
    QLineEdit *addField(QFormLayout &form, const QString &label, const QString &name, const QString &text,
                        const QString &example);
    void fillColors();
    void take();

    const Theme &m_theme;
    intake::SourceConfig m_config;
    QLineEdit *m_name;
    QComboBox *m_color;
    KeyList *m_keys = nullptr;
    QLineEdit *m_libraries = nullptr, *m_apps = nullptr, *m_agents = nullptr, *m_hosts = nullptr,
              *m_filter = nullptr;
    PathEdit *m_plans;
    ConventionsBox *m_conventions;
    std::vector<QCheckBox *> m_destinations;
};

} // namespace ui
