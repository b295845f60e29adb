// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/setup/sdk.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;

namespace ui {

/// The SDKs, grouped web, mobile and server, with a search above.
class SdkChooser final : public QWidget
{
    Q_OBJECT
public:
    SdkChooser(const Theme &theme, std::vector<Sdk> sdks, QWidget *parent = nullptr);

    [[nodiscard]] const Sdk &current() const { return m_sdks[m_current]; }
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
    std::vector<Sdk> m_sdks;
    std::size_t m_current = 0;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_nothing;
};

} // namespace ui
