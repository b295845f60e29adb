// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QPlainTextEdit>

namespace ui {

/// Lines to copy, as tall as they are, with what was filled in for this machine in the accent.
class CodeBlock final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeBlock(const Theme &theme, QWidget *parent = nullptr);

    void setCode(const QString &code, const QStringList &marked);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void mark();

    const Theme &m_theme;
    QStringList m_marked;
};

} // namespace ui
