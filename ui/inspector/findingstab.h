// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/health.h"
#include "ui/inspector/inspectedevent.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QScrollArea>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

/// One finding in full: its icon and rule, the sentence, expected and actual, how to fix it. Enter or a click
/// goes to the property; one of the protocol has a menu that mutes it.
class FindingCard final : public QFrame
{
    Q_OBJECT
public:
    FindingCard(const Theme &theme, const event::Finding &finding, const event::FindingText &text,
                QWidget *parent = nullptr);
    /// What the finding can be muted for: the rule, the source, the event.
    void offerMutes(const QString &source, const QString &event);
    /// The answers that lie in the plan: "Allow in the plan…" and "Show in the plan", or "Add to the plan"
    /// for an event it does not have.
    void offerPlan(event::RuleId rule);

signals:
    void chosen();
    void allowWanted();
    void planWanted();
    void addWanted();
    void muteWanted(const segment::Mute &mute, const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone;
    QString m_rule;
    QHBoxLayout *m_heading;
    QVBoxLayout *m_column;
};

/// All findings of the event as cards, most severe first.
class FindingsTab final : public QScrollArea
{
    Q_OBJECT
public:
    FindingsTab(const Theme &theme, QWidget *parent = nullptr);

    void display(const InspectedPtr &inspected, const std::vector<event::FindingText> &texts);
    void clear();

signals:
    void propertyChosen(const json::Pointer &pointer);
    /// With the sentence that says it is done.
    void muteWanted(const segment::Mute &mute, const QString &sentence);
    void allowWanted(const event::Finding &finding);
    void planWanted(const event::Finding &finding);
    void addWanted();

private:
    const Theme &m_theme;
};

} // namespace ui
