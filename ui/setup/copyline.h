// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QToolButton;

namespace ui {

class CodeBlock;

/// Lines and the button that copies them.
class CopyLine final : public QWidget
{
    Q_OBJECT
public:
    /// `name` says what is copied, for those who hear it: "proxy address".
    CopyLine(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setCode(const QString &code, const QStringList &marked);
    [[nodiscard]] QString code() const;
    [[nodiscard]] QToolButton &button() const { return *m_button; }

signals:
    void copied();

private:
    CodeBlock *m_code;
    QToolButton *m_button;
};

} // namespace ui
