// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;

namespace ui {

/// Paths of files, typed or chosen; of several, with a semicolon between.
class PathEdit final : public QWidget
{
    Q_OBJECT
public:
    enum class Count : std::uint8_t { One, Several };

    /// `filter` as QFileDialog takes it.
    PathEdit(Count count, const QString &name, const QString &filter, QWidget *parent = nullptr);

    void setPaths(const QStringList &paths);
    [[nodiscard]] QStringList paths() const;
    [[nodiscard]] QLineEdit &field() const { return *m_field; }

signals:
    void edited();

private:
    void choose();

    Count m_count;
    QString m_name, m_filter;
    QLineEdit *m_field;
};

} // namespace ui
