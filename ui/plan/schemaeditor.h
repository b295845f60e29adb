// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace ui {

class JsonView;
class Theme;
class ThemedLabel;

/// The JSON Schema of the chosen event, typed by hand: what can be used becomes the rule a moment after the
/// last key; what can't is marked in its line and stays as typed. Kept in step with the sheet, the cursor
/// where it was. GUI thread.
class SchemaEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit SchemaEditor(const Theme &theme, QWidget *parent = nullptr);

    void setRule(const plan::RulePointer &rule);
    /// What was typed counts now, not a moment after the last key.
    void commit();
    [[nodiscard]] JsonView &view() const { return *m_view; }
    /// What is wrong with what was typed; empty: nothing.
    [[nodiscard]] QString message() const;

signals:
    void edited(const plan::RulePointer &before, const plan::RulePointer &after);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void understand();
    void showText(const QString &text);
    void showProblem(const QString &message, int line);
    void clearProblem();

    JsonView *m_view;
    QWidget *m_bar;
    ThemedLabel *m_message;
    QPushButton *m_discard;
    QTimer m_delay;
    plan::RulePointer m_rule;
    bool m_isSetting = false;
    bool m_hasProblem = false;
};

} // namespace ui
