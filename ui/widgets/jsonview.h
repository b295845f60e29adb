// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

class QLabel;
class QLineEdit;

namespace ui {

class Theme;

/// Text, read-only unless made editable, laid out one JSON token run a line, coloured from roles. Only lines
/// that come into view are coloured, so a body of megabytes opens as fast as a short one.
class JsonTextEdit final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit JsonTextEdit(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();

    const Theme &m_theme;
};

/// JSON to read: coloured text, with a search bar on Ctrl+F that counts its matches.
class JsonView final : public QWidget
{
    Q_OBJECT
public:
    explicit JsonView(const Theme &theme, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    [[nodiscard]] JsonTextEdit *editor() const { return m_editor; }

    /// Tints a line (from 0) as wrong; -1: none.
    void markLine(int line);

    void openSearch();
    void closeSearch();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Direction { Forward, Backward };
    void search();
    void step(Direction direction);
    void showMatch();
    void applyTheme();

    const Theme &m_theme;
    JsonTextEdit *m_editor;
    QWidget *m_bar;
    QLineEdit *m_field;
    QLabel *m_count;
    std::vector<int> m_matches; ///< positions in the text
    std::size_t m_match = 0;
    int m_markedLine = -1;
};

} // namespace ui
