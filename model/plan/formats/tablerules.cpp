// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/tablerules.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plan::formats {

RuleSource &TableRules::rule(event::CallType type, const QString &name, int version)
{
    const auto [known, isNew] = m_numbers.emplace(std::tuple(type, name, version), m_rules.size());
    if (isNew) {
        RuleSource made;
        made.type = type;
        made.name = name;
        made.version = version;
        made.schema = Json{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"type", "object"}};
        m_rules.push_back(std::move(made));
    }
    return m_rules[known->second];
}

std::vector<RulePointer> TableRules::take()
{
    std::vector<RulePointer> rules;
    rules.reserve(m_rules.size());
    for (RuleSource &rule : m_rules) {
        rules.push_back(std::make_shared<const RuleSource>(std::move(rule)));
    }
    m_rules.clear();
    m_numbers.clear();
    return rules;
}

std::optional<event::CallType> callTypeOf(const QString &text)
{
    const QString word = text.trimmed().section(u' ', 0, 0).toLower();
    if (word == u"common"_s || word == u"global"_s) {
        return event::CallType::None;
    }
    return event::callTypeFromWord(word.toStdString());
}

QString callTypeTitle(event::CallType type)
{
    if (type == event::CallType::None) {
        return u"Common"_s;
    }
    const std::string_view word = event::word(type);
    QString title = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    title[0] = title[0].toUpper();
    return title;
}

QString nameOfFile(const QString &path)
{
    QString name = QFileInfo(path).fileName();
    for (const QString &ending : {u".csv"_s, u".yaml"_s, u".yml"_s, u".json"_s}) {
        if (name.endsWith(ending, Qt::CaseInsensitive)) {
            name.chop(ending.size());
        }
    }
    return name;
}

QStringList alternativesOf(const QString &pattern)
{
    QString inside = pattern;
    if (inside.startsWith(u"^("_s) && inside.endsWith(u")$"_s)) {
        inside = inside.sliced(2, inside.size() - 4);
    }
    const bool isPlain =
        std::ranges::none_of(inside, [](QChar c) { return u"\\^$.[]()*+?{}"_s.contains(c) || c == u','; });
    const QStringList alternatives = inside.split(u'|');
    return isPlain && alternatives.size() > 1 && !alternatives.contains(QString()) ? alternatives
                                                                                   : QStringList();
}

} // namespace plan::formats
