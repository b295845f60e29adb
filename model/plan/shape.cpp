// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/shape.h"

#include "schema/format.h"
#include "schema/jsonvalues.h"
#include "schema/numbers.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr std::size_t maxValues = 200;
constexpr std::size_t keptValues = 20;
constexpr std::size_t maxValueBytes = 120; ///< longer texts are nobody's choice of few
constexpr std::size_t maxNameBytes = 500;
constexpr std::size_t maxShownDigits = 40;
constexpr std::size_t bytesBesideValue = 96; ///< of a counted value
constexpr int maxDepth = 8;

constexpr std::size_t typeCount = 7;
constexpr std::array<std::string_view, typeCount> typeWords{"string", "integer", "number", "boolean",
                                                            "object", "array",   "null"};

/// Formats that are looked for, the most telling first.
constexpr std::array formats{schema::Format::Uuid,  schema::Format::DateTime, schema::Format::Date,
                             schema::Format::Email, schema::Format::Ipv4,     schema::Format::Uri};

bool hasFormat(schema::Format format, std::string_view text)
{
    // "note:later" is a URI to the letter of its RFC, and nobody's link.
    return (format != schema::Format::Uri || text.find("://") != std::string_view::npos) &&
           schema::matchesFormat(format, text);
}

SeenType typeOf(json::Value value)
{
    switch (value.type()) {
    case json::Type::Null:
        return SeenType::Null;
    case json::Type::Bool:
        return SeenType::Boolean;
    case json::Type::Number:
        return schema::isFiniteText(value.raw()) && schema::isIntegerText(value.raw()) ? SeenType::Integer
                                                                                       : SeenType::Number;
    case json::Type::String:
        return SeenType::String;
    case json::Type::Array:
        return SeenType::Array;
    case json::Type::Object:
        return SeenType::Object;
    }
    return SeenType::Null;
}

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

std::string_view word(SeenType type)
{
    return typeWords[static_cast<std::size_t>(type)];
}

void ValueTally::add(std::string_view value, Room &room)
{
    if (const auto known = m_byValue.find(value); known != m_byValue.end()) {
        ++m_counts[known->second].times;
        return;
    }
    const std::size_t cost = value.size() + bytesBesideValue;
    if (m_isClosed || value.size() > maxValueBytes || room.valueBytes < cost) {
        m_isExact = false;
        return;
    }
    if (m_counts.size() == maxValues) {
        close(room);
        return;
    }
    room.valueBytes -= cost;
    const Count &made = m_counts.emplace_back(Count{std::string(value), 1});
    m_byValue.emplace(made.value, m_counts.size() - 1);
    ++m_distinct;
}

void ValueTally::close(Room &room)
{
    m_isClosed = true;
    m_isExact = false;
    std::ranges::stable_sort(m_counts, std::ranges::greater{}, &Count::times);
    while (m_counts.size() > keptValues) {
        room.valueBytes += m_counts.back().value.size() + bytesBesideValue;
        m_counts.pop_back();
    }
    m_counts.shrink_to_fit();
    m_byValue.clear();
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        m_byValue.emplace(m_counts[i].value, i);
    }
}

Shape::Shape()
    : m_formats((1U << formats.size()) - 1)
{
}

Shape::~Shape() = default;

std::uint64_t Shape::seen() const
{
    return std::accumulate(m_times.begin(), m_times.end(), std::uint64_t{0});
}

void Shape::add(json::Value value, Room &room, std::size_t &left, int depth)
{
    const SeenType type = typeOf(value);
    ++m_times[static_cast<std::size_t>(type)];
    switch (type) {
    case SeenType::String:
        addText(value.text(), room);
        break;
    case SeenType::Integer:
    case SeenType::Number:
        addNumber(value.raw(), room);
        break;
    case SeenType::Boolean:
        m_scalars.add(value.raw(), room);
        break;
    case SeenType::Object:
        if (depth < maxDepth) {
            addMembers(value, room, left, depth);
        }
        break;
    case SeenType::Array:
        for (auto item = value.firstChild(); depth < maxDepth && item; item = item.next()) {
            if (!m_items) {
                if (left == 0 || room.properties == 0) {
                    break;
                }
                --left;
                --room.properties;
                m_items = std::make_unique<Shape>();
            }
            m_items->add(item.value(), room, left, depth + 1);
        }
        break;
    case SeenType::Null:
        break;
    }
}

void Shape::addText(std::string_view text, Room &room)
{
    m_texts.add(text, room);
    for (std::size_t i = 0; m_formats != 0 && i < formats.size(); ++i) {
        if ((m_formats & (1U << i)) != 0 && !hasFormat(formats[i], text)) {
            m_formats &= ~(1U << i);
        }
    }
}

void Shape::addNumber(std::string_view digits, Room &room)
{
    m_scalars.add(digits, room);
    const auto number = schema::Decimal::parse(digits);
    if (!number || digits.size() > maxShownDigits) {
        return;
    }
    if (m_minimum.empty()) {
        m_minimum = digits;
        m_maximum = digits;
    } else if (*number < *schema::Decimal::parse(m_minimum)) {
        m_minimum = digits;
    } else if (*number > *schema::Decimal::parse(m_maximum)) {
        m_maximum = digits;
    }
}

void Shape::addMembers(json::Value object, Room &room, std::size_t &left, int depth)
{
    std::size_t position = 0;
    schema::JsonValues::eachMember(object, [&](std::string_view name, json::Value, json::Value value) {
        if (Shape *shape = member(name, position++, room, left)) {
            shape->add(value, room, left, depth + 1);
        }
        return true;
    });
}

Shape *Shape::member(std::string_view name, std::size_t position, Room &room, std::size_t &left)
{
    // Apps send the members of an event in the same order each time.
    if (position < m_members.size() && m_members[position]->name == name) {
        return &m_members[position]->shape;
    }
    if (const auto known = m_byName.find(name); known != m_byName.end()) {
        return known->second;
    }
    if (left == 0 || room.properties == 0 || name.size() > maxNameBytes) {
        return nullptr;
    }
    --left;
    --room.properties;
    Member &made = *m_members.emplace_back(std::make_unique<Member>());
    made.name = name;
    m_byName.emplace(made.name, &made.shape);
    return &made.shape;
}

QString Shape::format() const
{
    if (times(SeenType::String) == 0 || m_formats == 0) {
        return {};
    }
    std::size_t first = 0;
    while ((m_formats & (1U << first)) == 0) {
        ++first;
    }
    const std::string_view found = schema::word(formats[first]);
    return QString::fromLatin1(found.data(), static_cast<qsizetype>(found.size()));
}

Evidence Shape::evidence(QStringList path, std::uint64_t of) const
{
    Evidence evidence;
    evidence.path = std::move(path);
    evidence.seen = seen();
    evidence.of = of;
    for (std::size_t type = 0; type < typeCount; ++type) {
        if (m_times[type] > 0) {
            evidence.types.emplace_back(
                QString::fromLatin1(typeWords[type].data(), static_cast<qsizetype>(typeWords[type].size())),
                m_times[type]);
        }
    }
    const auto mostFrequent = [](auto &list) {
        std::ranges::stable_sort(list, std::ranges::greater{}, &std::pair<QString, std::uint64_t>::second);
    };
    mostFrequent(evidence.types);
    for (const ValueTally *tally : {&m_texts, &m_scalars}) {
        for (const ValueTally::Count &count : tally->counts()) {
            evidence.values.emplace_back(textOf(count.value), count.times);
        }
        evidence.distinct += tally->distinct();
        evidence.isDistinctExact = evidence.isDistinctExact && tally->isExact();
    }
    mostFrequent(evidence.values);
    evidence.values.resize(std::min(evidence.values.size(), keptValues));
    evidence.format = format();
    evidence.minimum = textOf(m_minimum);
    evidence.maximum = textOf(m_maximum);
    return evidence;
}

QString evidenceText(const Evidence &evidence)
{
    QStringList parts{u"%1 of %2"_s.arg(evidence.seen).arg(evidence.of)};
    if (evidence.types.size() > 1) {
        for (const auto &[type, times] : evidence.types) {
            parts += u"%1 %2"_s.arg(type).arg(times);
        }
    }
    const bool hasRange = !evidence.minimum.isEmpty();
    const bool hasTexts =
        std::ranges::any_of(evidence.types, [](const auto &type) { return type.first == u"string"_s; });
    if (hasTexts) {
        parts += !evidence.isDistinctExact ? u"more than %1 values"_s.arg(evidence.distinct)
                 : evidence.distinct == 1  ? u"1 value"_s
                                           : u"%1 values"_s.arg(evidence.distinct);
    }
    if (!evidence.format.isEmpty()) {
        parts += evidence.format;
    }
    if (hasRange) {
        parts += evidence.minimum == evidence.maximum ? u"always %1"_s.arg(evidence.minimum)
                                                      : u"%1..%2"_s.arg(evidence.minimum, evidence.maximum);
    }
    return parts.join(u", "_s);
}

} // namespace plan
