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

/// Every schema that `$ref` can reach: the document's own, by `$id`, plain name and pointer; the documents
/// handed in beside it; and the metaschema of draft-07. Nothing is ever fetched.
class References
{
public:
    /// `at` is what "#" means; what is not found under it is looked for in the whole document.
    References(const std::shared_ptr<const json::Document> &document, const json::Pointer &at,
               const std::vector<NamedDocument> &others);

    [[nodiscard]] Place root() const { return 0; }
    [[nodiscard]] json::Value value(Place place) const { return m_places[place].value; }
    /// Pointer into its document, for messages.
    [[nodiscard]] json::Pointer pointer(Place place) const;
    /// The subschema one step down ("properties", then a member or an index).
    [[nodiscard]] Place child(Place parent, json::Value value, std::string_view keyword,
                              std::string_view member = {});
    /// The schema a `$ref` at `from` names; the error is a sentence.
    [[nodiscard]] tl::expected<Place, QString> resolve(Place from, std::string_view reference);

    /// Keeps the documents that were used alive.
    [[nodiscard]] const std::vector<std::shared_ptr<const json::Document>> &documents() const
    {
        return m_documents;
    }

private:
    struct Entry
    {
        json::Value value;
        Place parent;
        std::uint32_t resource;
        std::string step; ///< pointer text from the parent
    };
    struct Resource
    {
        std::string uri; ///< without fragment
        Place root;
    };

    Place add(json::Value value, Place parent, std::uint32_t resource, std::string step);
    [[nodiscard]] std::optional<Place> find(json::Value value) const;
    /// Records identifiers in a schema and all below it.
    void index(Place root);
    void identify(Place place);
    Place addDocument(const std::shared_ptr<const json::Document> &document, json::Value root,
                      std::string uri, std::string step);
    [[nodiscard]] std::optional<std::uint32_t> resourceFor(const std::string &uri);
    [[nodiscard]] std::optional<Place> walk(Place start, const json::Pointer &pointer);

    std::vector<Entry> m_places;
    std::vector<Resource> m_resources;
    std::unordered_map<std::uint64_t, std::vector<Place>> m_byValue; ///< by first byte
    std::unordered_map<std::string, std::uint32_t> m_byUri;
    std::unordered_map<std::string, Place> m_byAnchor; ///< "uri#name"
    std::vector<std::shared_ptr<const json::Document>> m_documents;
    std::vector<NamedDocument> m_others;
    json::Value m_whole; ///< root of the document when the schema stands deeper
};

} // namespace schema
