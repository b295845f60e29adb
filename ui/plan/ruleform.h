// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui {

class ElidedLabel;
class StatusChip;
class Theme;

/// What a plan says of the event as a whole: name, description, version, labels, sources, whether it is
/// deprecated and whether other properties may come. A field is done when it is left. GUI thread.
class RuleForm final : public QWidget
{
    Q_OBJECT
public:
    explicit RuleForm(const Theme &theme, QWidget *parent = nullptr);

    void setRule(const plan::RulePointer &rule);

signals:
    void edited(const plan::RulePointer &before, const plan::RulePointer &after, const QString &what);
    void renameWanted(const plan::RulePointer &rule, const QString &name);
    void streamWanted();

private:
    void fill();
    template <typename Change>
    void change(const QString &what, Change change);

    plan::RulePointer m_rule;
    bool m_isFilling = false;
    StatusChip *m_type;
    ElidedLabel *m_title;
    QLineEdit *m_name;
    QPushButton *m_inStream;
    QLineEdit *m_description;
    QSpinBox *m_version;
    QLineEdit *m_labels;
    QLineEdit *m_sources;
    QCheckBox *m_deprecated;
    QCheckBox *m_others;
};

} // namespace ui
