// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/document.h"

#include "plan/jsonedit.h"
#include "plan/sheetcells.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

struct Row
{
    Format format;
    std::string_view word;
    std::u16string_view title;
};

constexpr std::array rows{
    Row{Format::SegmentApi, "segment", u"Segment (Public API JSON)"},
    Row{Format::SegmentCsv, "segment-csv", u"Segment (CSV)"},
    Row{Format::ConfigApi, "config-api", u"Segment (Config API v1 JSON)"},
    Row{Format::Typewriter, "typewriter", u"Typewriter (plan.json)"},
    Row{Format::RudderStack, "rudderstack", u"RudderStack (YAML, rudder/v1)"},
    Row{Format::RudderLegacy, "rudderstack-legacy", u"RudderStack (YAML, rudder/v0.1)"},
    Row{Format::AvoJson, "avo", u"Avo (JSON Schema export)"},
    Row{Format::AvoCsv, "avo-csv", u"Avo (CSV)"},
    Row{Format::SchemaFolder, "json-schema", u"JSON Schemas (folder)"},
};

} // namespace

std::string_view word(Format format)
{
    return std::ranges::find(rows, format, &Row::format)->word;
}

std::optional<Format> formatFromWord(std::string_view word)
{
    const auto found = std::ranges::find(rows, word, &Row::word);
    return found == rows.end() ? std::nullopt : std::optional(found->format);
}

const std::vector<Format> &allFormats()
{
    static const std::vector<Format> formats = [] {
        std::vector<Format> all;
        std::ranges::transform(rows, std::back_inserter(all), &Row::format);
        return all;
    }();
    return formats;
}

QString formatTitle(Format format)
{
    const std::u16string_view title = std::ranges::find(rows, format, &Row::format)->title;
    return QString::fromUtf16(title.data(), static_cast<qsizetype>(title.size()));
}

QString titleOf(const RuleSource &rule)
{
    QString title = u"every event"_s;
    if (rule.type != event::CallType::None) {
        const std::string_view type = event::word(rule.type);
        title = QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()));
    }
    if (!rule.name.isEmpty()) {
        title += u" \""_s + rule.name + u'"';
    }
    return rule.version > 1 ? u"%1, version %2"_s.arg(title).arg(rule.version) : title;
}

QString descriptionOf(const RuleSource &rule)
{
    return stringMember(rule.schema, "description");
}

std::vector<std::pair<QString, QString>> labelsOf(const RuleSource &rule)
{
    return labelPairs(rule.schema);
}

} // namespace plan
