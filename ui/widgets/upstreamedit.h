// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace ui {

/// A line for the upstream proxy, as capture::UpstreamRoute reads it. A password in it is never shown: it
/// stands there as dots, and dots left as they are keep it.
class UpstreamEdit final : public QLineEdit
{
    Q_OBJECT
public:
    explicit UpstreamEdit(QWidget *parent = nullptr);

    void setProxy(const QString &setting);
    /// What was typed, the password in its place.
    [[nodiscard]] QString proxy() const;

signals:
    /// Another setting than the one set was entered.
    void proxyEntered(const QString &setting);

private:
    QString m_setting;
};

} // namespace ui
