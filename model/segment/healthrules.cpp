// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/healthrules.h"

#include "segment/reserved.h"
#include "segment/sources.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

using event::CallType;
using event::RuleId;

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A field that another type of call has.
struct Misplaced
{
    const char *field;
    json::Value Fields::*value;
    const char *trackPlace; ///< where it belongs in a call of this type; null: it is the type's own
    const char *pagePlace;  ///< of page and screen
    const char *identifyPlace;
    const char *groupPlace;
    const char *aliasPlace;
};

constexpr std::array misplaced{
    Misplaced{"properties", &Fields::properties, nullptr, nullptr, "traits", "traits", ""},
    Misplaced{"traits", &Fields::traits, "context.traits", "context.traits", nullptr, nullptr, ""},
    Misplaced{"event", &Fields::event, nullptr, "name", "", "", ""},
    Misplaced{"name", &Fields::name, "event", nullptr, "traits.name", "traits.name", ""},
    Misplaced{"category", &Fields::category, "properties.category", nullptr, "", "", ""},
    Misplaced{"groupId", &Fields::groupId, "context.groupId", "context.groupId", "context.groupId", nullptr,
              "context.groupId"},
    Misplaced{"previousId", &Fields::previousId, "", "", "", "", nullptr},
};

const char *placeFor(CallType type, const Misplaced &field)
{
    switch (type) {
    case CallType::Track:
        return field.trackPlace;
    case CallType::Page:
    case CallType::Screen:
        return field.pagePlace;
    case CallType::Identify:
        return field.identifyPlace;
    case CallType::Group:
        return field.groupPlace;
    case CallType::Alias:
        return field.aliasPlace;
    case CallType::None:
        break;
    }
    return nullptr;
}

/// Some SDKs write all the fields there are, the unused ones empty.
bool holdsSomething(json::Value value)
{
    return isSent(value) && !((value.isObject() || value.isArray()) && value.size() == 0) &&
           !(value.isString() && value.text().empty());
}

/// What a library adds to the context of every event (wire contract, "context"; the SDKs' own sources).
struct Automatic
{
    std::string_view library;
    std::array<std::string_view, 5> fields; ///< the rest empty
    /// Only where one of the fields is there: the library also runs where it knows none of them.
    bool isAllOrNone = false;
};

constexpr std::array automatic{
    Automatic{"analytics.js", {"page", "userAgent", "locale", "timezone"}},
    Automatic{"analytics-kotlin", {"app", "device", "os", "locale", "timezone"}, true},
    Automatic{"analytics-swift", {"app", "device", "os", "locale", "timezone"}, true},
    Automatic{"analytics-react-native", {"app", "device", "os", "locale", "timezone"}},
    Automatic{"analytics-flutter", {"app", "device", "os", "locale", "timezone"}, true},
    Automatic{"analytics-ios", {"app", "device", "os", "locale", "timezone"}},
    Automatic{"analytics-android", {"app", "device", "os", "locale", "timezone"}},
};
/// The classic build, whose version is a plain number, knows no more.
constexpr Automatic classicBrowser{"analytics.js", {"page", "userAgent"}};

class HealthCheck
{
public:
    HealthCheck(const Fields &fields, const RequestFacts &request, const HealthFacts &facts,
                std::vector<event::Finding> &findings)
        : m_fields(fields)
        , m_request(request)
        , m_facts(facts)
        , m_findings(findings)
    {
    }

    void check()
    {
        messageId();
        wrongFields();
        checkReserved(m_facts.type, m_fields, m_request.isQuery ? Values::Texts : Values::Json, m_findings);
        missingContext();
        developmentKey();
        if (m_request.retries > 0) {
            add(RuleId::ProtocolRetry, {}, {QString::number(m_request.retries + 1)});
        }
    }

private:
    void add(RuleId rule, json::Pointer at, QStringList args = {})
    {
        m_findings.push_back({rule, event::defaultSeverity(rule), std::move(at), std::move(args)});
    }

    void messageId()
    {
        // A pixel has no place for one that is new each time.
        if (!m_request.isQuery && !holdsSomething(m_fields.messageId)) {
            add(RuleId::ProtocolNoMessageId, json::Pointer{}.child("messageId"));
        }
    }

    void wrongFields()
    {
        for (const Misplaced &each : misplaced) {
            const json::Value value = m_fields.*each.value;
            if (value.isMissing()) {
                continue;
            }
            const char *const place = placeFor(m_facts.type, each);
            if (place != nullptr && holdsSomething(value)) {
                add(RuleId::ProtocolWrongField, json::Pointer{}.child(each.field),
                    {QString::fromLatin1(each.field), toString(event::word(m_facts.type)),
                     QString::fromLatin1(place)});
            }
        }
    }

    void missingContext()
    {
        const json::Value library = m_facts.context.find("library");
        const std::string_view name = library.find("name").text();
        if (name.empty()) {
            return;
        }
        const auto *known = std::ranges::find(automatic, name, &Automatic::library);
        if (known == automatic.end()) {
            return;
        }
        const std::string_view version = library.find("version").text();
        if (known == automatic.begin() && version.find("next") == std::string_view::npos) {
            known = &classicBrowser;
        }
        std::array<bool, std::tuple_size_v<decltype(Automatic::fields)>> isThere{};
        for (auto child = m_facts.context.firstChild(); child; child = child.next()) {
            const auto field = std::ranges::find(known->fields, child.key());
            if (field != known->fields.end() && !child.value().isNull()) {
                isThere.at(static_cast<std::size_t>(field - known->fields.begin())) = true;
            }
        }
        if (known->isAllOrNone && std::ranges::count(isThere, true) == 0) {
            return;
        }
        QStringList missing;
        for (std::size_t i = 0; i < isThere.size(); ++i) {
            if (!isThere.at(i) && !known->fields.at(i).empty()) {
                missing += toString(known->fields.at(i));
            }
        }
        if (!missing.isEmpty()) {
            add(RuleId::ProtocolContextMissing, json::Pointer{}.child("context"),
                {missing.join(u", "_s), toString(name)});
        }
    }

    void developmentKey()
    {
        const HealthOptions &limits = *m_request.limits;
        if (limits.developmentKeys.isEmpty() || limits.productionApps.isEmpty() ||
            !limits.developmentKeys.contains(QLatin1StringView(m_facts.writeKeyHash))) {
            return;
        }
        const json::Value app = m_facts.context.find("app");
        const std::string_view page = hostOf(m_facts.context.find("page").find("url").text());
        for (const std::string_view name :
             {app.find("name").text(), app.find("namespace").text(), page, m_facts.originHost}) {
            const QString text = toString(name);
            const bool isProduction =
                !text.isEmpty() && std::ranges::any_of(limits.productionApps, [&](const QString &pattern) {
                    return matchesName(pattern, text) || matchesName(pattern, text.section(u':', 0, 0));
                });
            if (isProduction) {
                add(RuleId::ProtocolDevelopmentKey, json::Pointer{}.child("writeKey"),
                    {m_facts.maskedKey, text});
                return;
            }
        }
    }

    const Fields &m_fields;
    const RequestFacts &m_request;
    const HealthFacts &m_facts;
    std::vector<event::Finding> &m_findings;
};

} // namespace

void checkHealth(const Fields &fields, const RequestFacts &request, const HealthFacts &facts,
                 std::vector<event::Finding> &findings)
{
    HealthCheck(fields, request, facts, findings).check();
}

} // namespace segment
