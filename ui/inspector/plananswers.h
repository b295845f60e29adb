// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/inspectedevent.h"
#include "ui/planservices.h"
#include "ui/theme/theme.h"

#include <QDialog>

namespace ui {

class Services;

/// "The plan is wrong: allow this": what would change in which plan, before anything does.
class AllowanceDialog final : public QDialog
{
    Q_OBJECT
public:
    AllowanceDialog(const Theme &theme, const PlanServices::AllowanceOffer &offer, QWidget *parent = nullptr);
};

/// The answers to a finding that lie in the plan, not in the app: allow it, add the event. GUI thread.
class PlanAnswers final : public QObject
{
    Q_OBJECT
public:
    PlanAnswers(Services &services, const Theme &theme, QWidget &window);

    /// Asks what allowing would change, shows it, and does it when the user agrees.
    void allow(event::EventId id, const event::Finding &finding);
    void addToPlan(event::CallType type, const QString &name, const QString &source);

signals:
    /// Done, and how to take it back.
    void undoable(const QString &text, const std::function<void()> &undo);
    void said(const QString &text);

private:
    void apply(const PlanServices::AllowanceOffer &offer);

    Services &m_services;
    const Theme &m_theme;
    QWidget &m_window;
};

} // namespace ui
