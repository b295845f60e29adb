// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// What stands around the rules in files of Segment's APIs: an answer, several of them in a list, or what
/// somebody put together of them. The rules are taken out; everything else stays where it is.
class Envelope
{
public:
    explicit Envelope(Json root);

    /// There is a list of rules, even an empty one.
    [[nodiscard]] bool hasRules() const { return !m_lists.empty(); }
    /// A tracking plan is described.
    [[nodiscard]] bool hasTrackingPlan() const { return m_hasTrackingPlan; }
    /// The rules are an object with "events", as the Config API has them; they are left in their place.
    [[nodiscard]] bool isConfig() const { return m_configAt.has_value(); }

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] const QStringList &sources() const { return m_sources; }
    /// With their places, from the file's root.
    [[nodiscard]] const std::vector<std::pair<json::Pointer, Json>> &rules() const { return m_rules; }
    [[nodiscard]] std::vector<std::pair<json::Pointer, Json>> takeRules() { return std::move(m_rules); }
    /// The Config API's object; what its reader leaves in it is kept.
    [[nodiscard]] Json &config();
    [[nodiscard]] const Json &root() const { return m_root; }
    [[nodiscard]] Json takeRoot() { return std::move(m_root); }
    /// Rules that the answers say there are, when those are more than the file holds.
    [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> missingPages() const;

    /// Keeps it in Document::extra; `unread` are rules that were left out, with their positions.
    void keep(Document &document, const std::vector<std::pair<std::size_t, Json>> &unread) const;

private:
    struct List
    {
        json::Pointer at;
        std::size_t count;
        bool isBare; ///< a list of rules and maybe other things
    };

    void collect(Json &value, const json::Pointer &at, int depth);
    void collectList(Json &list, const json::Pointer &at, int depth);
    void collectSources(const Json &value, const json::Pointer &at);

    Json m_root;
    std::vector<List> m_lists;
    std::vector<std::pair<json::Pointer, Json>> m_rules;
    std::optional<json::Pointer> m_configAt;
    std::optional<json::Pointer> m_nameAt, m_descriptionAt;
    std::vector<json::Pointer> m_sourcesAt, m_totalsAt;
    QStringList m_sources;
    bool m_hasTrackingPlan = false;
};

/// The file's root with `rules` in it, in the envelope the document was read in, else in one of its own: as
/// the API answers, or the plan alone.
enum class OwnShape : std::uint8_t { Answer, Plan };
[[nodiscard]] Json enclosed(const Document &document, std::vector<Json> rules, OwnShape shape);
/// The same for the Config API's object of rules; `keptConfig` is what stood in it beside the rules.
[[nodiscard]] Json enclosedConfig(const Document &document, Json rules);
[[nodiscard]] Json keptConfig(const Document &document);
/// Puts the rules that were left out when reading back where they stood.
void putUnread(const Document &document, std::vector<Json> &rules);
/// A member of the kept file's root; null when there is none.
[[nodiscard]] const Json *keptMember(const Document &document, std::string_view key);

} // namespace plan::formats
