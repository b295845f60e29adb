// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/setup/card.h"
#include "ui/setup/remedy.h"

class QVBoxLayout;

namespace ui {

/// A client as the doctor sees it: who, how it came, what is wrong and what to do, in sentences. Texts change
/// in place; buttons stay while what they are for does.
class ClientCard final : public Card
{
    Q_OBJECT
public:
    ClientCard(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    void show(const capture::ClientReport &report, std::int64_t nowUs);
    [[nodiscard]] QString name() const;
    /// All it says, for whoever listens instead of looking.
    [[nodiscard]] QString text() const;

signals:
    void remedyWanted(const ui::Remedy &remedy);

private:
    struct Row
    {
        QWidget *widget;
        QLabel *icon, *what, *next;
    };
    [[nodiscard]] Row makeRow(const std::vector<Remedy> &remedies);

    CaptureServices &m_capture;
    QLabel *m_name;
    QLabel *m_came;
    QLabel *m_counts;
    QVBoxLayout *m_column;
    std::vector<Row> m_rows;
    QString m_shape; ///< ailments and buttons shown, to see when rows must be made anew
};

} // namespace ui
