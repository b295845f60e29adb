// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QWidget>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace ui {

class JsonView;
class Theme;
class ThemedLabel;

/// Captured events of the chosen name beside their rule, newest first. Asks for them only while visible.
/// GUI thread.
class ExamplesTab final : public QWidget
{
    Q_OBJECT
public:
    explicit ExamplesTab(const Theme &theme, QWidget *parent = nullptr);

    /// Null services: nothing was captured.
    void setEvent(PlanServices *services, event::CallType type, const QString &name);
    /// More came of this event.
    void refresh();

signals:
    void eventWanted(event::EventId id);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void ask();
    void take(const std::vector<PlanServices::Example> &examples);
    void showExample();

    const Theme &m_theme;
    PlanServices *m_services = nullptr;
    event::CallType m_type = event::CallType::None;
    QString m_name;
    bool m_isStale = true;
    quint64 m_generation = 0;
    std::vector<PlanServices::Example> m_examples;
    QStackedWidget *m_place;
    ThemedLabel *m_none;
    QListWidget *m_list;
    JsonView *m_json;
    QPushButton *m_show;
};

} // namespace ui
