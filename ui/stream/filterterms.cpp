// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/filterterms.h"

#include <algorithm>

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Splits at white space outside quotes and parentheses.
QStringList topLevelParts(const QString &filter)
{
    QStringList parts;
    QString part;
    int depth = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < filter.size(); ++i) {
        const QChar c = filter[i];
        if (c == u'\\' && i + 1 < filter.size()) {
            part += c;
            part += filter[++i];
            continue;
        }
        if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u'(' || c == u')')) {
            depth += c == u'(' ? 1 : -1;
        }
        if (c.isSpace() && !isQuoted && depth <= 0) {
            if (!part.isEmpty()) {
                parts += part;
            }
            part.clear();
        } else {
            part += c;
        }
    }
    if (!part.isEmpty()) {
        parts += part;
    }
    return parts;
}

/// The terms of `field:a` or `(field:a OR field:b)`; empty when the part is anything else.
QStringList groupOf(const QString &part, const QString &field)
{
    const QString prefix = field + u':';
    if (part.startsWith(prefix, Qt::CaseInsensitive)) {
        return {part};
    }
    if (!part.startsWith(u'(') || !part.endsWith(u')')) {
        return {};
    }
    QStringList group;
    const QStringList inner = topLevelParts(part.mid(1, part.size() - 2));
    for (qsizetype i = 0; i < inner.size(); ++i) {
        const bool isOr = i % 2 == 1;
        if (isOr ? inner[i] != u"OR"_s : !inner[i].startsWith(prefix, Qt::CaseInsensitive)) {
            return {};
        }
        if (!isOr) {
            group += inner[i];
        }
    }
    return inner.size() % 2 == 1 ? group : QStringList();
}

QString groupText(const QStringList &group)
{
    return group.size() > 1 ? u'(' + group.join(u" OR "_s) + u')' : group.value(0);
}

/// A filter that ORs at its top level becomes one part, so that a term can be added to all of it.
QStringList partsToNarrow(const QString &filter)
{
    QStringList parts = topLevelParts(filter);
    if (parts.contains(u"OR"_s)) {
        return {u'(' + filter.trimmed() + u')'};
    }
    return parts;
}

qsizetype groupIndex(const QStringList &parts, const QString &field)
{
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (!groupOf(parts[i], field).isEmpty()) {
            return i;
        }
    }
    return -1;
}

qsizetype indexIn(const QStringList &terms, const QString &term)
{
    const auto found = std::ranges::find_if(
        terms, [&term](const QString &other) { return other.compare(term, Qt::CaseInsensitive) == 0; });
    return found == terms.end() ? -1 : std::distance(terms.begin(), found);
}

} // namespace

QString termText(const QString &field, const QString &value)
{
    static const QRegularExpression plain(uR"(^[\p{L}\p{N}_.\-/@+]+$)"_s);
    const bool isPlain = plain.match(value).hasMatch() && !value.contains(u".."_s) && value != u"OR"_s;
    if (isPlain) {
        return field + u':' + value;
    }
    QString escaped = value;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return field + u":\""_s + escaped + u'"';
}

TermState termState(const QString &filter, const QString &field, const QString &value)
{
    const QString term = termText(field, value);
    const QStringList parts = topLevelParts(filter);
    if (parts.contains(u"OR"_s)) {
        return TermState::Absent;
    }
    if (indexIn(parts, u'-' + term) >= 0) {
        return TermState::Excluded;
    }
    const auto index = groupIndex(parts, field);
    return index >= 0 && indexIn(groupOf(parts[index], field), term) >= 0 ? TermState::Included
                                                                          : TermState::Absent;
}

QString withIncludeToggled(const QString &filter, const QString &field, const QString &value)
{
    const QString term = termText(field, value);
    QStringList parts = partsToNarrow(filter);
    if (const auto excluded = indexIn(parts, u'-' + term); excluded >= 0) {
        parts.removeAt(excluded);
    }
    const auto index = groupIndex(parts, field);
    if (index < 0) {
        parts += term;
        return parts.join(u' ');
    }
    QStringList group = groupOf(parts[index], field);
    if (const auto present = indexIn(group, term); present >= 0) {
        group.removeAt(present);
    } else {
        group += term;
    }
    if (group.isEmpty()) {
        parts.removeAt(index);
    } else {
        parts[index] = groupText(group);
    }
    return parts.join(u' ');
}

QString withExcludeToggled(const QString &filter, const QString &field, const QString &value)
{
    const QString term = u'-' + termText(field, value);
    QString base = filter;
    if (termState(filter, field, value) == TermState::Included) {
        base = withIncludeToggled(filter, field, value);
    }
    QStringList parts = partsToNarrow(base);
    if (const auto present = indexIn(parts, term); present >= 0) {
        parts.removeAt(present);
    } else {
        parts += term;
    }
    return parts.join(u' ');
}

QString withSources(const QString &filter, const QStringList &muted, const QStringList &solo)
{
    const QString field = u"source"_s;
    QStringList parts = partsToNarrow(filter);
    if (!solo.isEmpty()) {
        QStringList group;
        for (const QString &name : solo) {
            group += termText(field, name);
        }
        parts += groupText(group);
        return parts.join(u' ');
    }
    for (const QString &name : muted) {
        if (termState(filter, field, name) == TermState::Absent) {
            parts += u'-' + termText(field, name);
        }
    }
    return parts.join(u' ');
}

QString withoutField(const QString &filter, const QString &field)
{
    QStringList parts = partsToNarrow(filter);
    parts.removeIf([&field](const QString &part) {
        return !groupOf(part.startsWith(u'-') ? part.sliced(1) : part, field).isEmpty();
    });
    return parts.join(u' ');
}

} // namespace ui
