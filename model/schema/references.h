// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/schema.h"
#include "json/pointer.h"

#include <unordered_map>

namespace schema {

/// RFC 3986 section 5.2: a reference as seen from a base. Both may be relative or empty.
[[nodiscard]] std::string resolveUri(std::string_view base, std::string_view reference);
[[nodiscard]] std::string percentDecoded(std::string_view text);

/// A schema found in one of the documents.
using Place = std::uint32_t;
/// A schema with an identifier of its own, and what stands in it.
using ResourceId = std::uint32_t;

/// Every schema that `$ref` can reach: the document's own, by `$id`, anchor and pointer; the documents handed
/// in beside it; and the published metaschemas. Each is read in the dialect its resource names. Nothing is
/// ever fetched.
class References
{
public:
    /// `at` is what "#" means; what is not found under it is looked for in the whole document. `draft` is for
    /// schemas that name none.
    References(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
               const std::vector<NamedDocument> &others, Draft draft);

    [[nodiscard]] Place root() const { return 0; }
    [[nodiscard]] json::Value value(Place place) const { return m_places[place].value; }
    [[nodiscard]] ResourceId resource(Place place) const { return m_places[place].resource; }
    [[nodiscard]] const Dialect &dialect(Place place) const
    {
        return m_resources[m_places[place].resource].dialect;
    }
    /// Of another document, or of this one but not below the root.
    [[nodiscard]] bool isElsewhere(Place place) const { return m_places[place].isElsewhere; }
    /// Pointer into its document, for messages.
    [[nodiscard]] json::Pointer pointer(Place place) const;
    /// The subschema one step down ("properties", then a member or an index).
    [[nodiscard]] Place child(Place parent, json::Value value, std::string_view keyword,
                              std::string_view member = {});
    /// The schema a `$ref` at `from` names; the error is a sentence.
    [[nodiscard]] tl::expected<Place, QString> resolve(Place from, std::string_view reference);

    /// What `$dynamicRef` may lead to, by name; with an empty name what `$recursiveRef` may. Grows with the
    /// documents.
    struct DynamicAnchor
    {
        ResourceId resource;
        std::string name;
        Place place;
    };
    [[nodiscard]] const std::vector<DynamicAnchor> &dynamicAnchors() const { return m_dynamicAnchors; }
    [[nodiscard]] bool isDynamicAnchor(Place place, std::string_view name) const;

    /// A place and what its reader should know.
    struct Remark
    {
        Place place;
        QString message;
        bool isError;
    };
    [[nodiscard]] const std::vector<Remark> &remarks() const { return m_remarks; }

    struct Entry
    {
        json::Value value;
        Place parent; ///< itself: the root of a document
        ResourceId resource;
        bool isElsewhere;
        std::string step; ///< pointer text from the parent
    };
    /// All places, for those who outlive this.
    [[nodiscard]] std::vector<Entry> takePlaces() { return std::move(m_places); }
    /// Keeps the documents that were used alive.
    [[nodiscard]] const std::vector<std::shared_ptr<const json::Document>> &documents() const
    {
        return m_documents;
    }

private:
    struct Resource
    {
        std::string uri; ///< without fragment
        Place root;
        Dialect dialect;
    };

    Place add(json::Value value, Place parent, ResourceId resource, std::string step);
    [[nodiscard]] std::optional<Place> find(json::Value value) const;
    /// Records identifiers in a schema and all below it.
    void index(Place root);
    void identify(Place place);
    void identifyByAnchors(Place place);
    void addAnchor(ResourceId resource, std::string_view name, Place place);
    [[nodiscard]] bool isAnnotation(Place place, std::string_view id) const;
    Place addDocument(const std::shared_ptr<const json::Document> &document, json::Value root,
                      const std::string &uri, std::string step, Dialect fallback);
    [[nodiscard]] Dialect dialectOf(Place place, std::string_view uri, Dialect fallback);
    [[nodiscard]] Dialect dialectOfMetaschema(Place place, json::Value metaschema);
    [[nodiscard]] std::optional<ResourceId> resourceFor(const std::string &uri, const Dialect &referrer);
    [[nodiscard]] std::optional<Place> walk(Place start, const json::Pointer &pointer);

    std::vector<Entry> m_places;
    std::vector<Resource> m_resources;
    std::unordered_map<std::uint64_t, std::vector<Place>> m_byValue; ///< by first byte
    std::unordered_map<std::string, ResourceId> m_byUri;
    std::unordered_map<std::string, Place> m_byAnchor; ///< "resource#name"
    std::vector<DynamicAnchor> m_dynamicAnchors;
    std::vector<Remark> m_remarks;
    std::vector<std::shared_ptr<const json::Document>> m_documents;
    std::vector<NamedDocument> m_others;
    json::Value m_whole; ///< root of the document when the schema stands deeper
};

} // namespace schema
