// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/infer.h"

#include "plan/schematree.h"
#include "plan/shape.h"

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr std::size_t maxEvents = 2'000;
constexpr std::size_t maxProperties = 500;
constexpr qsizetype maxSources = 64;
constexpr qsizetype maxChoiceCharacters = 40;

bool isNamed(event::CallType type)
{
    return type == event::CallType::Track || type == event::CallType::Page || type == event::CallType::Screen;
}

/// The last word of a property's name, in lower case: "id" of "deliveryId" and of "delivery_id".
QString lastWord(const QString &name)
{
    qsizetype begin = name.size();
    while (begin > 0) {
        const QChar here = name[begin - 1];
        if (!here.isLetterOrNumber()) {
            break;
        }
        --begin;
        if (here.isUpper() && (begin == 0 || !name[begin - 1].isUpper())) {
            break;
        }
    }
    return name.sliced(begin).toLower();
}

/// Names of what has as many values as there are people, things or thoughts, however few came so far.
bool isNameOfMany(const QString &name)
{
    static constexpr std::array<QStringView, 21> words{
        u"id",      u"ids",   u"key",  u"token",   u"hash",    u"uuid",  u"guid",
        u"url",     u"uri",   u"href", u"email",   u"phone",   u"query", u"text",
        u"message", u"title", u"path", u"comment", u"address", u"notes", u"referrer"};
    static constexpr std::array<QStringView, 5> whole{u"name", u"firstname", u"lastname", u"fullname",
                                                      u"username"};
    const QString squeezed = QString(name).remove(u'_').remove(u'-').remove(u' ').toLower();
    return std::ranges::find(words, QStringView(lastWord(name))) != words.end() ||
           std::ranges::find(whole, QStringView(squeezed)) != whole.end();
}

/// A word or two that somebody chose: neither numbered nor a sentence.
bool isChoice(const QString &value)
{
    const auto isDigit = [](QChar c) { return c.isDigit(); };
    const auto isSpace = [](QChar c) { return c.isSpace(); };
    return !value.isEmpty() && value.size() <= maxChoiceCharacters && !value.contains(u'\n') &&
           std::ranges::count_if(value, isSpace) <= 4 && !std::ranges::all_of(value, isDigit);
}

struct Learnt
{
    std::uint64_t events = 0;
    QStringList sources;
    std::int64_t firstUs = 0, lastUs = 0;
    Shape shape; ///< of the properties or traits
    std::size_t left = maxProperties;
};

/// Writes the schema of a shape, and its evidence, a parent before its children.
class ShapeWriter
{
public:
    ShapeWriter(const InferOptions &options, bool isDemanding)
        : m_options(options)
        , m_isDemanding(isDemanding)
    {
    }

    /// `of`: how many there could have been, which decides what is required of the members.
    Json schema(const Shape &shape, std::uint64_t of, const QStringList &path)
    {
        Json made = Json::object();
        putTypes(shape, made);
        putValues(shape, path, made);
        if (shape.times(SeenType::Object) > 0) {
            putMembers(shape, of, path, made);
        }
        if (shape.items() != nullptr) {
            const Shape &items = *shape.items();
            const QStringList itemPath = path + QStringList{u"$"_s};
            m_evidence.push_back(items.evidence(itemPath, items.seen()));
            made["items"] = schema(items, items.times(SeenType::Object), itemPath);
        }
        return made;
    }

    std::vector<Evidence> takeEvidence() { return std::move(m_evidence); }

private:
    static void putTypes(const Shape &shape, Json &made)
    {
        Json types = Json::array();
        for (const SeenType type : {SeenType::String, SeenType::Integer, SeenType::Number, SeenType::Boolean,
                                    SeenType::Object, SeenType::Array, SeenType::Null}) {
            // A whole number is a number as well.
            const bool isCovered = type == SeenType::Integer && shape.times(SeenType::Number) > 0;
            if (shape.times(type) > 0 && !isCovered) {
                types.push_back(std::string(word(type)));
            }
        }
        if (types.size() == 1) {
            made["type"] = types.front();
        } else if (!types.empty()) {
            made["type"] = std::move(types);
        }
    }

    // Of numbers nothing but their type is demanded: those that came are no rule for those that may come, and
    // a quantity of 1, 2 or 3 is no choice of three.
    void putValues(const Shape &shape, const QStringList &path, Json &made) const
    {
        const std::uint64_t texts = shape.times(SeenType::String);
        if (!m_isDemanding || texts < m_options.minSeen ||
            texts + shape.times(SeenType::Null) != shape.seen()) {
            return;
        }
        if (const QString format = shape.format(); !format.isEmpty()) {
            made["format"] = format.toStdString();
            return;
        }
        const ValueTally &tally = shape.texts();
        const bool isFew = tally.isExact() && tally.distinct() > 1 &&
                           tally.distinct() <= m_options.maxEnumValues &&
                           texts >= tally.distinct() * m_options.minPerEnumValue;
        if (!isFew || isNameOfMany(nameAt(path))) {
            return;
        }
        std::vector<std::string> values;
        bool isNumbered = true;
        for (const ValueTally::Count &count : tally.counts()) {
            const QString value = QString::fromStdString(count.value);
            if (!isChoice(value)) {
                return;
            }
            isNumbered = isNumbered && std::ranges::any_of(value, [](QChar c) { return c.isDigit(); });
            values.push_back(count.value);
        }
        if (isNumbered) {
            return; // "A-113", "B-207": there will be more
        }
        // Not as they came: the same events in another order give the same plan.
        std::ranges::sort(values);
        made["enum"] = values;
        if (shape.times(SeenType::Null) > 0) {
            made["enum"].push_back(nullptr);
        }
    }

    void putMembers(const Shape &shape, std::uint64_t of, const QStringList &path, Json &made)
    {
        Json &properties = made["properties"] = Json::object();
        Json required = Json::array();
        for (const auto &member : shape.members()) {
            const QStringList memberPath = path + QStringList{QString::fromStdString(member->name)};
            const Shape &value = member->shape;
            m_evidence.push_back(value.evidence(memberPath, of));
            properties.emplace(member->name, schema(value, value.times(SeenType::Object), memberPath));
            if (m_isDemanding && of >= m_options.minSeen && value.seen() == of) {
                required.push_back(member->name);
            }
        }
        if (!required.empty()) {
            made["required"] = std::move(required);
        }
    }

    /// What the items of a list are called after: the list.
    static QString nameAt(const QStringList &path)
    {
        const auto named =
            std::find_if(path.crbegin(), path.crend(), [](const QString &name) { return name != u"$"_s; });
        return named == path.crend() ? QString() : *named;
    }

    const InferOptions &m_options;
    bool m_isDemanding;
    std::vector<Evidence> m_evidence;
};

InferredRule ruleOf(event::CallType type, const QString &name, const Learnt &learnt,
                    const InferOptions &options)
{
    InferredRule inferred;
    inferred.events = learnt.events;
    inferred.sources = learnt.sources;
    inferred.firstUs = learnt.firstUs;
    inferred.lastUs = learnt.lastUs;
    inferred.isBelowMinSeen = learnt.events < options.minSeen;
    inferred.rule.type = type;
    inferred.rule.name = name;

    ShapeWriter writer(options, !inferred.isBelowMinSeen);
    Json properties = writer.schema(learnt.shape, learnt.events, {});
    if (!properties.contains("type")) {
        properties["type"] = "object"; // no event had any
    }
    inferred.evidence = writer.takeEvidence();

    const std::string field(propertiesKey(type));
    const bool isRequired = properties.contains("required");
    Json &schema = inferred.rule.schema;
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["type"] = "object";
    schema["properties"] = Json::object();
    schema["properties"][field] = std::move(properties);
    if (isRequired) {
        // What is required of the properties would not be missed with all of them.
        schema["required"] = Json::array({field});
    }
    return inferred;
}

} // namespace

struct Inference::Impl
{
    std::map<std::pair<event::CallType, QString>, Learnt> events;
    std::uint64_t count = 0;
    Room room;
};

Inference::Inference()
    : m_impl(std::make_unique<Impl>())
{
}

Inference::~Inference() = default;

void Inference::add(event::CallType type, const QString &name, const QString &source, std::int64_t receivedUs,
                    json::Value merged)
{
    if (type == event::CallType::None || (type == event::CallType::Track && name.isEmpty()) ||
        !merged.isObject()) {
        return;
    }
    const std::pair key(type, isNamed(type) ? name : QString());
    auto found = m_impl->events.find(key);
    if (found == m_impl->events.end()) {
        if (m_impl->events.size() == maxEvents) {
            return;
        }
        found = m_impl->events.try_emplace(key).first;
        found->second.firstUs = receivedUs;
        found->second.lastUs = receivedUs;
    }
    ++m_impl->count;
    Learnt &learnt = found->second;
    ++learnt.events;
    learnt.firstUs = std::min(learnt.firstUs, receivedUs);
    learnt.lastUs = std::max(learnt.lastUs, receivedUs);
    if (!source.isEmpty() && learnt.sources.size() < maxSources && !learnt.sources.contains(source)) {
        learnt.sources.append(source);
    }
    if (const json::Value properties = merged.find(propertiesKey(type)); !properties.isMissing()) {
        learnt.shape.add(properties, m_impl->room, learnt.left, 0);
    }
}

std::uint64_t Inference::events() const
{
    return m_impl->count;
}

std::vector<InferredRule> Inference::rules(const InferOptions &options) const
{
    std::vector<InferredRule> rules;
    rules.reserve(m_impl->events.size());
    for (const auto &[key, learnt] : m_impl->events) {
        rules.push_back(ruleOf(key.first, key.second, learnt, options));
    }
    return rules;
}

} // namespace plan
