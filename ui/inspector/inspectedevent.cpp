// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspectedevent.h"

#include "ui/inspector/requesttext.h"
#include "ui/widgets/jsonformat.h"
#include "json/parser.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

/// A text of a megabyte on one line would take the editor seconds to lay out; copying has all of it.
constexpr qsizetype maxShownString = 20'000;
constexpr qsizetype maxShownText = 1'000'000;

} // namespace

InspectedPtr inspect(store::EventDetail detail, const std::stop_token &stop)
{
    auto inspected = std::make_shared<InspectedEvent>();
    inspected->shownBody = withMaskedWriteKeys(detail.event.body);
    inspected->detail = std::move(detail);
    inspected->times = timesOf(inspected->detail);
    json::Parser parser;
    if (auto parsed = parser.parse(inspected->shownBody)) {
        inspected->document = *parsed;
        inspected->pretty = formatJson(inspected->document->root(), {.maxStringChars = maxShownString}, stop);
    } else {
        inspected->pretty = QString::fromUtf8(inspected->shownBody.left(maxShownText));
    }
    return inspected;
}

QString byteText(std::uint64_t bytes)
{
    if (bytes < 10'000) {
        return QCoreApplication::translate("ui::Inspector", "%Ln byte(s)", nullptr, static_cast<int>(bytes));
    }
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeTraditionalFormat);
}

QString eventTitle(const event::Event &event)
{
    if (event.summary.type == event::CallType::None) {
        return QCoreApplication::translate("ui::Inspector", "Rejected request");
    }
    if (!event.name.isEmpty()) {
        return event.name;
    }
    const auto word = event::word(event.summary.type);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace ui
