// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include <QByteArray>
#include <QString>

namespace api {

/// One JSON object, member by member, on one line. By hand because an event's body goes in as the app
/// sent it: a document class would rewrite its numbers and its escapes.
class ObjectWriter
{
public:
    void text(const char *name, std::string_view utf8);
    void text(const char *name, const QByteArray &utf8);
    void text(const char *name, const QString &value);
    void textIfAny(const char *name, const QString &value);
    void number(const char *name, std::uint64_t value);
    /// A value that is JSON already.
    void raw(const char *name, const QByteArray &json);
    /// The whole; the writer is spent.
    [[nodiscard]] QByteArray take();

private:
    void begin(const char *name);

    QByteArray m_json = "{";
};

/// JSON array of texts.
[[nodiscard]] QByteArray textArray(const QStringList &texts);

/// "2026-11-24T01:02:03.123456Z".
[[nodiscard]] QByteArray isoTime(std::int64_t microseconds);

} // namespace api
