// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <vector>

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

/// A list in groups with a search above; one entry is always chosen.
class Chooser : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        QString id;
        QString group; ///< its heading
        QString name;
        QString searchWords;
    };
    struct Texts
    {
        QString search;  ///< "Search SDKs"
        QString list;    ///< "SDKs"
        QString nothing; ///< said when the search finds none
    };
    /// `name` begins the object names: "sdk" makes "sdkSearch" and "sdkList". At least one entry.
    Chooser(const Theme &theme, const QString &name, const Texts &texts, std::vector<Entry> entries,
            QWidget *parent = nullptr);

    [[nodiscard]] std::size_t currentIndex() const { return m_current; }
    /// An id that is none leaves what is chosen.
    void choose(const QString &id);
    [[nodiscard]] QLineEdit &search() const { return *m_search; }
    [[nodiscard]] QListWidget &list() const { return *m_list; }

signals:
    void chosen(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void dressHeadings();

    const Theme &m_theme;
    std::vector<Entry> m_entries;
    std::size_t m_current = 0;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_nothing;
};

class Guide;

/// Makes a page of a chooser, under its question, and the guide for what is chosen beside it.
void layOut(QWidget &page, const Theme &theme, const QString &question, Chooser &chooser, Guide &guide);

} // namespace ui
