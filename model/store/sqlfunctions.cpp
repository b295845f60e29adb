// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/sqlfunctions.h"

#include "event/finding.h"
#include "filter/pattern.h"

#include <algorithm>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

QByteArrayView bytesOf(sqlite3_value *value)
{
    const auto *data = static_cast<const char *>(sqlite3_value_blob(value));
    return QByteArrayView(data, sqlite3_value_bytes(value));
}

enum class Stars : std::uint8_t { AreWildcards, AreStars };

/// The second argument as a pattern, kept by SQLite as long as it stays the same.
const filter::Pattern &patternOf(sqlite3_context *context, sqlite3_value *value, Stars stars)
{
    constexpr int argument = 1;
    if (const void *kept = sqlite3_get_auxdata(context, argument)) {
        return *static_cast<const filter::Pattern *>(kept);
    }
    QString text = QString::fromUtf8(bytesOf(value));
    text.replace(u'\\', u"\\\\"_s);
    if (stars == Stars::AreStars) {
        text.replace(u'*', u"\\*"_s);
    }
    auto pattern = std::make_unique<filter::Pattern>(text);
    sqlite3_set_auxdata(context, argument, pattern.release(),
                        [](void *kept) { delete static_cast<filter::Pattern *>(kept); });
    // Out of memory SQLite keeps nothing, and has freed it already.
    const void *kept = sqlite3_get_auxdata(context, argument);
    static const filter::Pattern none;
    return kept == nullptr ? none : *static_cast<const filter::Pattern *>(kept);
}

template <Stars stars>
void textMatches(sqlite3_context *context, int, sqlite3_value **values)
{
    const filter::Pattern &pattern = patternOf(context, values[1], stars);
    sqlite3_result_int(context, pattern.matchesWhole(QString::fromUtf8(bytesOf(values[0]))) ? 1 : 0);
}

void hasRule(sqlite3_context *context, int, sqlite3_value **values)
{
    const filter::Pattern &pattern = patternOf(context, values[1], Stars::AreWildcards);
    const std::vector<event::Finding> findings = event::decodeFindings(bytesOf(values[0]));
    const bool isThere = std::ranges::any_of(findings, [&](const event::Finding &finding) {
        const std::string_view word = event::word(finding.rule);
        return pattern.matchesWhole(QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())));
    });
    sqlite3_result_int(context, isThere ? 1 : 0);
}

} // namespace

base::Result<void> addFunctions(Database &database)
{
    using Function = void (*)(sqlite3_context *, int, sqlite3_value **);
    const std::pair<const char *, Function> functions[] = {
        {"text_matches", &textMatches<Stars::AreWildcards>},
        {"text_equals", &textMatches<Stars::AreStars>},
        {"has_rule", &hasRule},
    };
    for (const auto &[name, function] : functions) {
        if (sqlite3_create_function_v2(database.handle(), name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                       nullptr, function, nullptr, nullptr, nullptr) != SQLITE_OK) {
            return base::Failure(database.error(u"The store %1 could not be opened."_s.arg(database.path())));
        }
    }
    return {};
}

} // namespace store
