// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/eventinput.h"

#include "segment/decode.h"
#include "segment/importedrequest.h"
#include "store/reader.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// Every event of a store, with its envelope round it again.
class StoreInput
{
public:
    StoreInput(store::Reader reader, const segment::TakeRequest &take)
        : m_reader(std::move(reader))
        , m_take(take)
    {
    }

    base::Result<segment::ImportReport> read(const std::stop_token &stop)
    {
        constexpr std::size_t pageRows = 1'000;
        segment::ImportReport report;
        event::EventId after{};
        while (!stop.stop_requested()) {
            const auto rows = m_reader.rows(after, pageRows);
            if (!rows) {
                return base::Failure(rows.error());
            }
            for (const store::Reader::Row &row : *rows) {
                auto text = row.summary.type == event::CallType::None ? rejected(row) : stored(row);
                if (!text) {
                    return base::Failure(text.error());
                }
                ++report.requests;
                m_take({u"event %1"_s.arg(event::raw(row.summary.id)),
                        segment::requestOfStored(*text, m_parser)});
            }
            if (rows->empty()) {
                return report;
            }
            after = rows->back().summary.id;
        }
        return base::failure(base::ErrorCode::Cancelled, u"Reading was stopped."_s);
    }

private:
    base::Result<segment::StoredEventText> stored(const store::Reader::Row &row)
    {
        const auto event = m_reader.event(row.summary.id);
        if (!event) {
            return base::Failure(event.error());
        }
        if (event->request != m_request) {
            // The events of a batch share it.
            m_request = event->request;
            m_envelope = segment::envelopeOf(event->requestBody);
        }
        segment::StoredEventText text;
        text.body = event->event.body;
        text.envelope = m_envelope;
        text.type = row.summary.type;
        text.source = event->event.source;
        text.receivedUs = row.summary.receivedUs;
        return text;
    }

    base::Result<segment::StoredEventText> rejected(const store::Reader::Row &row)
    {
        const auto detail = m_reader.detail(row.summary.id);
        if (!detail) {
            return base::Failure(detail.error());
        }
        segment::StoredEventText text;
        text.body = detail->requestBody;
        text.source = detail->event.source;
        text.receivedUs = row.summary.receivedUs;
        text.rejectCode = detail->rejectCode;
        text.rejectReason = detail->rejectReason;
        text.rejectStatus = detail->replyStatus;
        return text;
    }

    store::Reader m_reader;
    const segment::TakeRequest &m_take;
    json::Parser m_parser;
    event::RequestId m_request{};
    QByteArray m_envelope;
};

/// The bytes of a file without a copy of them, where the system can map it.
class FileText
{
public:
    explicit FileText(QFile &file)
    {
        const qint64 size = file.size();
        const uchar *mapped = size > 0 && !file.isSequential() ? file.map(0, size) : nullptr;
        m_text = mapped != nullptr
                     // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
                     ? QByteArray::fromRawData(reinterpret_cast<const char *>(mapped), size)
                     : file.readAll();
    }

    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text; ///< a mapping lives as long as its file is open
};

} // namespace

base::Result<segment::ImportReport> readEvents(const QString &path, const segment::TakeRequest &take,
                                               const std::stop_token &stop)
{
    QFile file(path);
    const bool isStandardInput = path == u"-"_s;
    const bool isOpen =
        isStandardInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return base::failure(base::ErrorCode::NotFound, u"%1 can't be read."_s.arg(path),
                             file.errorString() + u'.',
                             u"Name a file that is there, or - for standard input."_s);
    }
    if (!isStandardInput && file.peek(15) == "SQLite format 3") {
        auto reader = store::Reader::open(path);
        return reader ? StoreInput(std::move(*reader), take).read(stop)
                      : base::Result<segment::ImportReport>(base::Failure(reader.error()));
    }
    auto report = segment::readImport(FileText(file).text(), take, stop);
    if (!report && report.error().code == base::ErrorCode::BadInput) {
        base::Error error = report.error();
        error.what =
            u"%1 holds no events that can be read."_s.arg(isStandardInput ? u"Standard input"_s : path);
        error.fix = u"Give NDJSON, a JSON array, a Segment batch body, a HAR, curl commands, or a Trackside "
                    "store."_s;
        return base::Failure(std::move(error));
    }
    return report;
}

} // namespace cli
