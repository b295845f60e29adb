// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/times.h"

#include "segment/isotime.h"

#include <cstdlib>

namespace segment {

namespace {

using event::RuleId;

constexpr std::int64_t microsPerSecond = 1'000'000;
// Some clients write whole seconds in one of the two, and cut or round.
constexpr std::int64_t looseUs = microsPerSecond;

QString seconds(std::int64_t micros)
{
    return QString::number((micros + microsPerSecond / 2) / microsPerSecond);
}

class TimeCheck
{
public:
    TimeCheck(const Fields &fields, const RequestFacts &request, std::vector<event::Finding> &findings)
        : m_fields(fields)
        , m_request(request)
        , m_findings(findings)
    {
    }

    void check()
    {
        const std::optional<std::int64_t> timestampUs = read("timestamp", m_fields.timestamp);
        const json::Value sentAt = isSent(m_fields.sentAt) ? m_fields.sentAt : m_request.envelope.sentAt;
        const std::optional<std::int64_t> sentUs = read("sentAt", sentAt);

        const std::int64_t waitedUs = timestampUs ? sentUs.value_or(m_request.receivedUs) - *timestampUs : 0;
        const auto corrected = [&] {
            return timestampUs ? QString::fromLatin1(isoTime(m_request.receivedUs - waitedUs)) : QString();
        };
        if (timestampUs) {
            if (waitedUs > m_request.limits->lateSeconds * microsPerSecond) {
                add(RuleId::ProtocolLate, "timestamp", {seconds(waitedUs), corrected()});
            }
            if (sentUs && -waitedUs > looseUs) {
                add(RuleId::ProtocolSentBeforeTimestamp, "sentAt", {seconds(-waitedUs)});
            }
            if (!isSent(sentAt) && !m_request.isQuery) {
                add(RuleId::ProtocolNoSentAt, "sentAt", {});
            }
        }
        if (sentUs) {
            const std::int64_t skewUs = std::abs(*sentUs - m_request.receivedUs);
            if (skewUs > m_request.limits->clockSkewSeconds * microsPerSecond) {
                add(RuleId::ProtocolClockSkew, "sentAt", {seconds(skewUs), corrected()});
            }
        }
    }

private:
    void add(RuleId rule, const char *field, QStringList args)
    {
        m_findings.push_back(
            {rule, event::defaultSeverity(rule), json::Pointer{}.child(field), std::move(args)});
    }

    std::optional<std::int64_t> read(const char *field, json::Value value)
    {
        const std::optional<std::int64_t> timeUs = parseIsoTimeUs(value.text());
        if (isSent(value) && !timeUs) {
            const std::string_view text = value.isString() ? value.text() : value.raw();
            add(RuleId::ProtocolTimestamp, field,
                {QString::fromLatin1(field),
                 QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))});
        }
        return timeUs;
    }

    const Fields &m_fields;
    const RequestFacts &m_request;
    std::vector<event::Finding> &m_findings;
};

} // namespace

void checkTimes(const Fields &fields, const RequestFacts &request, std::vector<event::Finding> &findings)
{
    TimeCheck(fields, request, findings).check();
}

} // namespace segment
