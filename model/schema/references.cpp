// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/references.h"

#include "schema/dialect.h"
#include "schema/metaschema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

struct UriParts
{
    std::string_view scheme;    ///< with its colon
    std::string_view authority; ///< with its slashes
    std::string_view path;
    std::string_view query;    ///< with its question mark
    std::string_view fragment; ///< with its hash
};

UriParts split(std::string_view uri)
{
    UriParts parts;
    const std::size_t hash = std::min(uri.find('#'), uri.size());
    parts.fragment = uri.substr(hash);
    uri = uri.substr(0, hash);
    const std::size_t question = std::min(uri.find('?'), uri.size());
    parts.query = uri.substr(question);
    uri = uri.substr(0, question);
    const std::size_t colon = uri.find(':');
    if (colon != std::string_view::npos && colon > 0 && colon < uri.find('/')) {
        parts.scheme = uri.substr(0, colon + 1);
        uri.remove_prefix(colon + 1);
    }
    if (uri.starts_with("//")) {
        parts.authority = uri.substr(0, std::min(uri.find('/', 2), uri.size()));
        uri.remove_prefix(parts.authority.size());
    }
    parts.path = uri;
    return parts;
}

/// RFC 3986 section 5.2.4.
std::string withoutDotSegments(std::string_view path)
{
    std::vector<std::string_view> segments;
    const bool isAbsolute = path.starts_with('/');
    bool endsOpen = false;
    while (!path.empty()) {
        path.remove_prefix(path.starts_with('/') ? 1 : 0);
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        endsOpen = segment == "." || segment == "..";
        if (segment == ".." && !segments.empty()) {
            segments.pop_back();
        } else if (!endsOpen) {
            segments.push_back(segment);
        }
    }
    std::string result;
    for (const std::string_view segment : segments) {
        result += result.empty() && !isAbsolute ? "" : "/";
        result += segment;
    }
    return endsOpen ? result + '/' : result;
}

std::string mergedPath(const UriParts &base, std::string_view path)
{
    if (!base.authority.empty() && base.path.empty()) {
        return "/" + std::string(path);
    }
    const std::size_t slash = base.path.rfind('/');
    return std::string(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) +
           std::string(path);
}

std::string joined(std::string_view scheme, std::string_view authority, std::string_view path,
                   std::string_view query, std::string_view fragment)
{
    std::string uri;
    for (const std::string_view part : {scheme, authority, path, query, fragment}) {
        uri += part;
    }
    return uri;
}

std::string withoutFragment(const std::string &uri)
{
    return uri.substr(0, uri.find('#'));
}

bool isSchema(json::Value value)
{
    return value.isObject() || value.isBool();
}

} // namespace

std::string percentDecoded(std::string_view text)
{
    const auto hexValue = [](char c) -> int {
        return c >= '0' && c <= '9'                     ? c - '0'
               : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                        : -1;
    };
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 &&
            hexValue(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string resolveUri(std::string_view base, std::string_view reference)
{
    const UriParts from = split(base);
    const UriParts to = split(reference);
    if (!to.scheme.empty()) {
        return joined(to.scheme, to.authority,
                      to.authority.empty() ? std::string(to.path) : withoutDotSegments(to.path), to.query,
                      to.fragment);
    }
    if (!to.authority.empty()) {
        return joined(from.scheme, to.authority, withoutDotSegments(to.path), to.query, to.fragment);
    }
    if (to.path.empty()) {
        return joined(from.scheme, from.authority, from.path, to.query.empty() ? from.query : to.query,
                      to.fragment);
    }
    const std::string path = to.path.starts_with('/') ? std::string(to.path) : mergedPath(from, to.path);
    return joined(from.scheme, from.authority, withoutDotSegments(path), to.query, to.fragment);
}

References::References(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
                       const std::vector<NamedDocument> &others, Draft draft)
    : m_others(others)
{
    const json::Value whole = document->root();
    if (!at.isRoot()) {
        m_whole = whole;
    }
    addDocument(document, at.resolve(whole), {}, at.text(), Dialect{draft});
}

Place References::addDocument(const std::shared_ptr<const json::Document> &document, json::Value root,
                              const std::string &uri, std::string step, Dialect fallback)
{
    m_documents.push_back(document);
    const auto resource = static_cast<ResourceId>(m_resources.size());
    const auto place = static_cast<Place>(m_places.size());
    m_resources.push_back({uri, place, fallback});
    m_byUri.emplace(uri, resource);
    add(root, place, resource, std::move(step));
    if (const json::Value named = root.find("$schema"); named.isString()) {
        const Dialect dialect = dialectOf(place, named.text(), fallback);
        m_resources[resource].dialect = dialect;
    }
    index(place);
    return place;
}

Dialect References::dialectOf(Place place, std::string_view uri, Dialect fallback)
{
    if (const auto draft = draftFromUri(uri)) {
        return Dialect{*draft};
    }
    const std::string document = withoutFragment(std::string(uri));
    const auto other = std::ranges::find(m_others, document, &NamedDocument::uri);
    if (other != m_others.end() && other->document) {
        return dialectOfMetaschema(place, other->document->root());
    }
    // A schema inside another one keeps the dialect around it; a document of its own is what Segment takes it
    // for.
    const bool isRoot = m_places[place].parent == place;
    const Dialect read = isRoot ? Dialect{Draft::Draft7} : fallback;
    const std::string_view name = word(read.draft);
    m_remarks.push_back({place,
                         u"the dialect \"%1\" is not known and read as %2"_s.arg(
                             QString::fromUtf8(uri.data(), static_cast<qsizetype>(uri.size())),
                             QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))),
                         false});
    return read;
}

Dialect References::dialectOfMetaschema(Place place, json::Value metaschema)
{
    Dialect dialect;
    // A metaschema of a metaschema of ours: the last of them names the draft.
    json::Value above = metaschema;
    for (int level = 0; level < 8; ++level) {
        const std::string_view uri = above.find("$schema").text();
        if (const auto draft = draftFromUri(uri)) {
            dialect.draft = *draft;
            break;
        }
        const auto other =
            std::ranges::find(m_others, withoutFragment(std::string(uri)), &NamedDocument::uri);
        if (other == m_others.end() || !other->document) {
            break;
        }
        above = other->document->root();
    }
    const json::Value listed = metaschema.find("$vocabulary");
    if (!listed.isObject() || dialect.draft < Draft::Draft2019) {
        return dialect;
    }
    dialect.vocabularies = CoreVocabulary;
    for (auto member = listed.firstChild(); member; member = member.next()) {
        const std::uint8_t bits = vocabularyFromUri(member.key());
        dialect.vocabularies = static_cast<std::uint8_t>(dialect.vocabularies | bits);
        if (bits == FormatVocabulary && dialect.draft == Draft::Draft2019 && member.value().toBool()) {
            dialect.vocabularies |= FormatAssertionVocabulary; // 2019-09 has one vocabulary for both
        }
        if (bits == 0 && member.value().toBool()) {
            m_remarks.push_back(
                {place,
                 u"its dialect requires the vocabulary \"%1\", which is not known"_s.arg(
                     QString::fromUtf8(member.key().data(), static_cast<qsizetype>(member.key().size()))),
                 true});
        }
    }
    return dialect;
}

Place References::add(json::Value value, Place parent, ResourceId resource, std::string step)
{
    const auto place = static_cast<Place>(m_places.size());
    const bool isElsewhere = parent == place ? place != root() : m_places[parent].isElsewhere;
    m_places.push_back({value, parent, resource, isElsewhere, std::move(step)});
    if (!value.isMissing()) {
        m_byValue[value.begin()].push_back(place);
    }
    return place;
}

std::optional<Place> References::find(json::Value value) const
{
    const auto found = m_byValue.find(value.begin());
    if (found == m_byValue.end()) {
        return std::nullopt;
    }
    for (const Place place : found->second) {
        if (m_places[place].value.document() == value.document()) {
            return place;
        }
    }
    return std::nullopt;
}

json::Pointer References::pointer(Place place) const
{
    std::vector<Place> chain{place};
    while (m_places[chain.back()].parent != chain.back()) {
        chain.push_back(m_places[chain.back()].parent);
    }
    std::string text;
    std::ranges::for_each(chain.rbegin(), chain.rend(),
                          [this, &text](Place step) { text += m_places[step].step; });
    return json::Pointer(text);
}

Place References::child(Place parent, json::Value value, std::string_view keyword, std::string_view member)
{
    if (const auto known = find(value)) {
        return *known;
    }
    json::Pointer step = json::Pointer().child(keyword);
    if (!member.empty()) {
        step = step.child(member);
    }
    return add(value, parent, m_places[parent].resource, step.text());
}

void References::index(Place root)
{
    // A stack of its own: a hostile schema nests deeper than ours may.
    std::vector<Place> pending{root};
    while (!pending.empty()) {
        const Place place = pending.back();
        pending.pop_back();
        identify(place);
        const json::Value schema = m_places[place].value;
        const ResourceId resource = m_places[place].resource;
        const Dialect dialect = m_resources[resource].dialect;
        const auto push = [&](json::Value value, const json::Pointer &step) {
            if (isSchema(value) && !find(value)) {
                pending.push_back(add(value, place, resource, step.text()));
            }
        };
        for (auto member = schema.firstChild(); schema.isObject() && member; member = member.next()) {
            const json::Value value = member.value();
            const KeywordRule *rule = keywordRule(member.key(), dialect);
            const Holds holds = rule == nullptr ? Holds::Nothing : rule->holds;
            const bool isList =
                holds == Holds::Schemas || (holds == Holds::SchemaOrSchemas && value.isArray());
            if (holds == Holds::Nothing) {
                continue;
            }
            const json::Pointer step = json::Pointer().child(member.key());
            if (isList && value.isArray()) {
                std::uint32_t position = 0;
                for (auto item = value.firstChild(); item; item = item.next()) {
                    push(item.value(), step.child(position++));
                }
            } else if (holds == Holds::SchemaMap && value.isObject()) {
                for (auto entry = value.firstChild(); entry; entry = entry.next()) {
                    push(entry.value(), step.child(entry.key()));
                }
            } else if (!isList && holds != Holds::SchemaMap) {
                push(value, step);
            }
        }
    }
}

bool References::isAnnotation(Place place, std::string_view id) const
{
    // Generators write each node's own pointer as its `id` ("/properties/order_id"), where no base is meant.
    if (id.starts_with("#/")) {
        return true;
    }
    return id.starts_with('/') && m_places[place].parent != place &&
           std::string_view(pointer(place).text()).ends_with(id);
}

void References::identify(Place place)
{
    const json::Value schema = m_places[place].value;
    if (!schema.isObject()) {
        return;
    }
    const bool isRoot = m_places[place].parent == place;
    Dialect dialect = m_resources[m_places[place].resource].dialect;
    if (const json::Value named = schema.find("$schema"); !isRoot && named.isString()) {
        // Counts only where a resource begins, which the identifier of that very dialect says.
        const auto draft = draftFromUri(named.text());
        const Dialect own = draft ? Dialect{*draft} : dialect;
        if (schema.find(own.idKeyword()).isString()) {
            dialect = dialectOf(place, named.text(), dialect);
        }
    }
    if (dialect.doesReferenceHideSiblings() && !schema.find("$ref").isMissing()) {
        return;
    }
    const json::Value id = schema.find(dialect.idKeyword());
    if (id.isString() && !(dialect.doesReferenceHideSiblings() && isAnnotation(place, id.text()))) {
        const std::string uri = resolveUri(m_resources[m_places[place].resource].uri, id.text());
        const std::string document = withoutFragment(uri);
        if (!id.text().starts_with('#')) {
            const auto resource = static_cast<ResourceId>(m_resources.size());
            m_resources.push_back({document, place, dialect});
            m_byUri.emplace(document, resource);
            m_places[place].resource = resource;
        }
        if (const std::size_t hash = uri.find('#'); hash != std::string::npos && hash + 1 < uri.size()) {
            addAnchor(m_places[place].resource, percentDecoded(std::string_view(uri).substr(hash + 1)),
                      place);
        }
    }
    identifyByAnchors(place);
}

void References::identifyByAnchors(Place place)
{
    const json::Value schema = m_places[place].value;
    const ResourceId resource = m_places[place].resource;
    const Draft draft = m_resources[resource].dialect.draft;
    if (draft >= Draft::Draft2019) {
        if (const json::Value anchor = schema.find("$anchor"); anchor.isString()) {
            addAnchor(resource, anchor.text(), place);
        }
    }
    if (draft == Draft::Draft2020) {
        if (const json::Value anchor = schema.find("$dynamicAnchor"); anchor.isString()) {
            addAnchor(resource, anchor.text(), place);
            m_dynamicAnchors.push_back({resource, std::string(anchor.text()), place});
        }
    }
    if (draft == Draft::Draft2019 && m_resources[resource].root == place &&
        schema.find("$recursiveAnchor").toBool()) {
        m_dynamicAnchors.push_back({resource, {}, place});
    }
}

void References::addAnchor(ResourceId resource, std::string_view name, Place place)
{
    m_byAnchor.emplace(std::to_string(resource) + "#" + std::string(name), place);
}

bool References::isDynamicAnchor(Place place, std::string_view name) const
{
    return std::ranges::any_of(m_dynamicAnchors, [&](const DynamicAnchor &anchor) {
        return anchor.place == place && anchor.name == name;
    });
}

std::optional<ResourceId> References::resourceFor(const std::string &uri, const Dialect &referrer)
{
    const auto known = [this, &uri]() -> std::optional<ResourceId> {
        const auto found = m_byUri.find(uri);
        return found == m_byUri.end() ? std::nullopt : std::optional(found->second);
    };
    if (const auto resource = known()) {
        return resource;
    }
    const auto other = std::ranges::find(m_others, uri, &NamedDocument::uri);
    const auto document = other != m_others.end() ? other->document : metaschemaDocument(uri);
    if (document) {
        return m_places[addDocument(document, document->root(), uri, {}, referrer)].resource;
    }
    // It may be the identifier of a schema inside a document that nobody asked for yet.
    for (const NamedDocument &named : m_others) {
        if (named.document && !m_byUri.contains(named.uri)) {
            addDocument(named.document, named.document->root(), named.uri, {}, referrer);
        }
    }
    return known();
}

std::optional<Place> References::walk(Place start, const json::Pointer &pointer)
{
    Place nearest = start;
    json::Value value = m_places[start].value;
    json::Pointer step;
    for (const std::string &token : pointer.tokens()) {
        value = json::Pointer().child(token).resolve(value);
        if (value.isMissing()) {
            return std::nullopt;
        }
        step = step.child(token);
        // Bases change on the way only where an identifier stands in a schema that is one.
        if (const auto known = find(value)) {
            nearest = *known;
            step = {};
        }
    }
    if (step.isRoot()) {
        return nearest;
    }
    const Place place = add(value, nearest, m_places[nearest].resource, step.text());
    index(place);
    return place;
}

tl::expected<Place, QString> References::resolve(Place from, std::string_view reference)
{
    const Resource &base = m_resources[m_places[from].resource];
    const std::string uri = resolveUri(base.uri, reference);
    const std::string document = withoutFragment(uri);
    const std::string fragment =
        document.size() < uri.size() ? percentDecoded(std::string_view(uri).substr(document.size() + 1)) : "";
    const QString shown = QString::fromUtf8(reference.data(), static_cast<qsizetype>(reference.size()));
    // "#..." is the resource at hand, even where another one took the same name first.
    const auto resource = reference.empty() || reference.starts_with('#')
                              ? std::optional(m_places[from].resource)
                              : resourceFor(document, Dialect(base.dialect));
    if (!resource) {
        return tl::make_unexpected(
            u"\"$ref\" leads to %1, which is not in the plan. Remote schemas are never fetched"_s.arg(
                QString::fromStdString(document)));
    }
    if (!fragment.empty() && !fragment.starts_with('/')) {
        const auto anchor = m_byAnchor.find(std::to_string(*resource) + "#" + fragment);
        if (anchor == m_byAnchor.end()) {
            return tl::make_unexpected(u"\"$ref\" leads to \"%1\", but no schema has that name"_s.arg(shown));
        }
        return anchor->second;
    }
    const json::Pointer pointer(fragment);
    auto place = walk(m_resources[*resource].root, pointer);
    if (!place && m_resources[*resource].root == root() && !m_whole.isMissing()) {
        // A schema inside a larger document may also count from the document's own root.
        const json::Value target = pointer.resolve(m_whole);
        if (!target.isMissing()) {
            place = find(target);
            if (!place) {
                const auto added = static_cast<Place>(m_places.size());
                add(target, added, *resource, pointer.text());
                index(added);
                place = added;
            }
        }
    }
    if (!place) {
        return tl::make_unexpected(u"\"$ref\" leads to \"%1\", but nothing stands there"_s.arg(shown));
    }
    return *place;
}

} // namespace schema
