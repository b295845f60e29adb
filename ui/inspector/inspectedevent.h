// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"
#include "ui/inspector/eventtimes.h"
#include "json/value.h"

#include <stop_token>

#include <QString>

namespace ui {

/// An event ready to be shown: parsed, laid out, write keys in its body masked. Immutable; any thread.
struct InspectedEvent
{
    store::EventDetail detail;
    QByteArray shownBody; ///< the event's bytes, write keys masked: what is shown and copied
    std::shared_ptr<const json::Document> document; ///< of shownBody; null when it is no JSON
    EventTimes times;
    QString pretty; ///< laid out, long strings cut; the plain text when it is no JSON
};
using InspectedPtr = std::shared_ptr<const InspectedEvent>;

/// Above this many bytes the work belongs off the GUI thread.
inline constexpr qsizetype inlineBytes = 64 * 1024;

[[nodiscard]] InspectedPtr inspect(store::EventDetail detail, const std::stop_token &stop = {});

/// "2,048 bytes", "14.2 KB".
[[nodiscard]] QString byteText(std::uint64_t bytes);

/// How a row's type and name are called: "Order Placed", "identify", "Rejected request".
[[nodiscard]] QString eventTitle(const event::Event &event);

} // namespace ui
