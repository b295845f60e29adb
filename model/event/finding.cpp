// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "event/finding.h"

#include <algorithm>

namespace event {

namespace {

// With the severity: a place in the schema follows the arguments. Stores written before have none.
constexpr std::size_t severityMask = 3;
constexpr std::size_t hasSchemaPlace = 4;

void putNumber(QByteArray &out, std::size_t number)
{
    while (number >= 0x80) {
        out.append(static_cast<char>(0x80U | (number & 0x7fU)));
        number >>= 7U;
    }
    out.append(static_cast<char>(number));
}

void putBytes(QByteArray &out, QByteArrayView bytes)
{
    putNumber(out, static_cast<std::size_t>(bytes.size()));
    out.append(bytes);
}

class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_isBad || m_bytes.isEmpty(); }
    [[nodiscard]] bool isBad() const { return m_isBad; }

    std::size_t number()
    {
        std::size_t value = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            if (m_bytes.isEmpty()) {
                break;
            }
            const auto byte = static_cast<unsigned char>(m_bytes.front());
            m_bytes = m_bytes.sliced(1);
            value |= static_cast<std::size_t>(byte & 0x7fU) << shift;
            if ((byte & 0x80U) == 0) {
                return value;
            }
        }
        m_isBad = true;
        return 0;
    }

    QByteArrayView bytes()
    {
        const auto size = static_cast<qsizetype>(number());
        if (size > m_bytes.size()) {
            m_isBad = true;
            return {};
        }
        const QByteArrayView taken = m_bytes.first(size);
        m_bytes = m_bytes.sliced(size);
        return taken;
    }

    json::Pointer pointer()
    {
        const QByteArrayView text = bytes();
        return json::Pointer(std::string(text.data(), static_cast<std::size_t>(text.size())));
    }

private:
    QByteArrayView m_bytes;
    bool m_isBad = false;
};

} // namespace

FindingsDigest digest(const std::vector<Finding> &findings)
{
    FindingsDigest all;
    for (const Finding &finding : findings) {
        all.kinds = static_cast<std::uint8_t>(all.kinds | 1U << static_cast<unsigned>(kindOf(finding.rule)));
        all.worst = std::max(all.worst, finding.severity);
        all.hasAny = true;
    }
    return all;
}

QByteArray encodeFindings(const std::vector<Finding> &findings)
{
    QByteArray out;
    for (const Finding &finding : findings) {
        const std::string_view rule = word(finding.rule);
        putBytes(out, QByteArrayView(rule.data(), static_cast<qsizetype>(rule.size())));
        putNumber(out, static_cast<std::size_t>(finding.severity) |
                           (finding.schemaAt.isRoot() ? 0 : hasSchemaPlace));
        putBytes(out, QByteArrayView(finding.at.text()));
        putNumber(out, static_cast<std::size_t>(finding.args.size()));
        for (const QString &arg : finding.args) {
            putBytes(out, arg.toUtf8());
        }
        if (!finding.schemaAt.isRoot()) {
            putBytes(out, QByteArrayView(finding.schemaAt.text()));
        }
    }
    return out;
}

std::vector<Finding> decodeFindings(QByteArrayView bytes)
{
    std::vector<Finding> findings;
    Reader reader(bytes);
    while (!reader.isAtEnd()) {
        Finding finding;
        const QByteArrayView rule = reader.bytes();
        finding.rule = ruleFromWord(std::string_view(rule.data(), static_cast<std::size_t>(rule.size())));
        const std::size_t severity = reader.number();
        finding.severity = static_cast<Severity>(std::min<std::size_t>(severity & severityMask, 2));
        finding.at = reader.pointer();
        const std::size_t count = reader.number();
        for (std::size_t i = 0; i < count && !reader.isBad(); ++i) {
            finding.args.append(QString::fromUtf8(reader.bytes()));
        }
        if ((severity & hasSchemaPlace) != 0 && !reader.isBad()) {
            finding.schemaAt = reader.pointer();
        }
        if (!reader.isBad()) {
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

} // namespace event
