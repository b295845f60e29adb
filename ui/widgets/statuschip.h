// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/kinds.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QPainter;

namespace ui {

/// The words people read: "Violation", "Lint", "Track".
[[nodiscard]] QString statusText(event::Status status);
[[nodiscard]] QString findingKindText(event::FindingKind kind);
[[nodiscard]] QString severityText(event::Severity severity);
[[nodiscard]] QString callTypeText(event::CallType type);
[[nodiscard]] QString deliveryText(event::DeliveryState state);

/// Icon and word on a soft ground, for delegates and widgets alike: status is never colour alone.
/// Width the chip wants in the Meta font; it is 20 high.
[[nodiscard]] int chipWidth(const Theme &theme, const QString &text);
/// Draws the chip at the left of `rect`, centred vertically, cut at its right edge when it has to be.
/// Gives the width used.
int paintChip(QPainter &painter, const Theme &theme, const QRect &rect, const Tone &tone,
              const QString &text);
/// Icon and word with no ground: dense table cells. Gives the width used.
int paintStatus(QPainter &painter, const Theme &theme, const QRect &rect, const Tone &tone,
                const QString &text);
/// The call type's letter in a small square: T, P, S, I, G, A; nothing for None.
void paintCallType(QPainter &painter, const Theme &theme, const QRect &rect, event::CallType type);
/// The round mark of a source, 8 across, centred in `rect`.
void paintSourceDot(QPainter &painter, const Theme &theme, const QRect &rect, std::uint32_t sourceId);

/// A chip as a widget: the inspector's title line.
class StatusChip final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusChip(const Theme &theme, QWidget *parent = nullptr);

    void setStatus(event::Status status);
    void setTone(const Tone &tone, const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone;
    QString m_text;
};

} // namespace ui
