// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/jsonwriter.h"

#include "json/quote.h"

#include <QDateTime>
#include <QStringList>

namespace api {

void ObjectWriter::begin(const char *name)
{
    if (m_json.size() > 1) {
        m_json += ',';
    }
    m_json += '"';
    m_json += name;
    m_json += "\":";
}

void ObjectWriter::text(const char *name, std::string_view utf8)
{
    begin(name);
    m_json += json::quoted(utf8);
}

void ObjectWriter::text(const char *name, const QByteArray &utf8)
{
    text(name, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

void ObjectWriter::text(const char *name, const QString &value)
{
    text(name, value.toUtf8());
}

void ObjectWriter::textIfAny(const char *name, const QString &value)
{
    if (!value.isEmpty()) {
        text(name, value);
    }
}

void ObjectWriter::number(const char *name, std::uint64_t value)
{
    begin(name);
    m_json += QByteArray::number(static_cast<qulonglong>(value));
}

void ObjectWriter::raw(const char *name, const QByteArray &json)
{
    begin(name);
    m_json += json;
}

QByteArray ObjectWriter::take()
{
    return std::exchange(m_json, {}) + '}';
}

QByteArray textArray(const QStringList &texts)
{
    QByteArray all = "[";
    for (const QString &text : texts) {
        all += (all.size() > 1 ? "," : "") + json::quoted(text.toStdString());
    }
    return all + ']';
}

QByteArray isoTime(std::int64_t microseconds)
{
    // Down to the second before, for times before 1970 as well.
    const std::int64_t seconds = microseconds / 1'000'000 - (microseconds % 1'000'000 < 0 ? 1 : 0);
    const std::int64_t rest = microseconds - seconds * 1'000'000;
    const QDateTime time = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    return time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toLatin1() + '.' +
           QByteArray::number(static_cast<qlonglong>(rest)).rightJustified(6, '0') + 'Z';
}

} // namespace api
