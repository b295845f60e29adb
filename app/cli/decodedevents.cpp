// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/decodedevents.h"

#include "app/cli/eventinput.h"
#include "app/cli/progress.h"
#include "base/clock.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// What the file says, else the app's name in the event; empty when neither tells: then every plan is asked.
QString sourceOf(const QString &named, json::Value merged)
{
    if (!named.isEmpty()) {
        return named;
    }
    const std::string_view app = merged.find("context").find("app").find("name").text();
    return QString::fromUtf8(app.data(), static_cast<qsizetype>(app.size()));
}

} // namespace

base::Result<segment::ImportReport> decodeEvents(const QString &path, const TakeEvents &take)
{
    json::Parser parser;
    const base::SystemClock clock;
    return readEvents(path, [&](segment::ImportedRequest input) {
        if (input.request.receivedUs == 0) {
            input.request.receivedUs = clock.nowUs();
        }
        segment::Decoded decoded = segment::decode(input.request, parser, {});
        if (decoded.events.empty() && take.rejected) {
            take.rejected(input.place, QString::fromUtf8(decoded.request.rejectReason));
        }
        std::size_t number = 0;
        for (segment::DecodedEvent &one : decoded.events) {
            ++number;
            const QString place =
                decoded.events.size() == 1 ? input.place : u"%1, event %2"_s.arg(input.place).arg(number);
            const QString source = sourceOf(input.request.source, one.merged);
            take.event({place, std::move(one), source, input.request.receivedUs});
        }
    });
}

base::Result<std::uint64_t> decodeAll(const QStringList &paths, const QString &verb,
                                      const std::function<void(const InputEvent &)> &take)
{
    std::uint64_t count = 0;
    Progress progress(verb);
    for (const QString &path : paths) {
        std::uint64_t rejected = 0;
        const auto report =
            decodeEvents(path, {[&](const InputEvent &event) {
                                    take(event);
                                    progress.set(++count);
                                },
                                [&rejected](const QString &, const QString &) { ++rejected; }});
        if (!report) {
            return base::Failure(report.error());
        }
        if (rejected + report->unreadable > 0) {
            QTextStream(stderr) << path << ": " << rejected + report->unreadable
                                << " parts could not be read; 'trackside-cli check' says why.\n";
        }
    }
    return count;
}

} // namespace cli
