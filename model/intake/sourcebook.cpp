// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/sourcebook.h"

#include "filter/query.h"
#include "segment/decode.h"

#include <algorithm>
#include <mutex>
#include <optional>

using namespace Qt::StringLiterals;

namespace intake {

namespace {

using filter::Pattern;

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view view(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

std::vector<Pattern> patterns(const QStringList &texts)
{
    std::vector<Pattern> all;
    for (const QString &text : texts) {
        all.emplace_back(text);
    }
    return all;
}

/// The texts that a pattern may be about, read once for all sources.
struct Texts
{
    explicit Texts(const segment::SourceFacts &facts)
    {
        const json::Value context = facts.event.find("context");
        const json::Value library = context.find("library");
        const QString name = toString(library.find("name").text());
        add(libraries, segment::sdkName(context, facts.userAgent));
        add(libraries, (name + u' ' + toString(library.find("version").text())).trimmed());
        add(libraries, name);
        const json::Value app = context.find("app");
        add(apps, toString(app.find("name").text()));
        add(apps, toString(app.find("namespace").text()));
        add(userAgents, toString(view(facts.userAgent)));
        add(userAgents, toString(context.find("userAgent").text()));
        addHost(segment::hostOf(view(facts.origin)));
        addHost(segment::hostOf(context.find("page").find("url").text()));
        addHost(view(facts.host));
    }

    QStringList libraries, apps, userAgents, hosts;

private:
    static void add(QStringList &texts, const QString &text)
    {
        if (!text.isEmpty()) {
            texts += text;
        }
    }
    /// With its port and without: a pattern may mean either.
    void addHost(std::string_view host)
    {
        add(hosts, toString(host));
        const std::size_t colon = host.rfind(':');
        if (colon != std::string_view::npos && !host.ends_with(']')) {
            add(hosts, toString(host.substr(0, colon)));
        }
    }
};

/// An event that has no row yet, as the filter language asks for it.
class Unstored final : public filter::Subject
{
public:
    explicit Unstored(json::Value event)
        : m_event(event)
    {
        m_summary.type = event::callTypeFromWord(event.find("type").text()).value_or(event::CallType::Track);
        const std::uint32_t bytes = event.end() - event.begin();
        m_summary.bodyBytes = bytes;
    }

    [[nodiscard]] const event::EventSummary &summary() const override { return m_summary; }
    [[nodiscard]] event::EventState state() const override { return {}; }
    [[nodiscard]] QString name() const override
    {
        const bool isNamed =
            m_summary.type == event::CallType::Page || m_summary.type == event::CallType::Screen;
        return toString(m_event.find(isNamed ? "name" : "event").text());
    }
    [[nodiscard]] QString source() const override { return {}; }
    [[nodiscard]] QString user() const override
    {
        const std::string_view userId = m_event.find("userId").text();
        return toString(userId.empty() ? m_event.find("anonymousId").text() : userId);
    }
    [[nodiscard]] QByteArray body() const override
    {
        const std::string_view raw = m_event.raw();
        return {raw.data(), static_cast<qsizetype>(raw.size())};
    }
    [[nodiscard]] std::vector<event::Finding> findings() const override { return {}; }
    [[nodiscard]] QString delivery(const QString & /*destination*/) const override { return {}; }

private:
    json::Value m_event;
    event::EventSummary m_summary;
};

/// A filter for several threads: each borrows a matcher, whose parser keeps its buffers.
class SharedMatcher
{
public:
    explicit SharedMatcher(filter::Query query)
        : m_query(std::move(query))
    {
    }

    [[nodiscard]] bool matches(json::Value event) const
    {
        std::unique_ptr<filter::Matcher> matcher = take();
        const bool isMatch = matcher->matches(Unstored(event));
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(matcher));
        return isMatch;
    }

private:
    [[nodiscard]] std::unique_ptr<filter::Matcher> take() const
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                auto matcher = std::move(m_idle.back());
                m_idle.pop_back();
                return matcher;
            }
        }
        return std::make_unique<filter::Matcher>(m_query);
    }

    filter::Query m_query;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<filter::Matcher>> m_idle;
};

/// A source's match, ready to run.
struct CompiledMatch
{
    QList<QByteArray> keyHashes;
    std::vector<Pattern> libraries, apps, userAgents, hosts;
    std::shared_ptr<const SharedMatcher> filter;

    [[nodiscard]] bool isByKeyOnly() const
    {
        return libraries.empty() && apps.empty() && userAgents.empty() && hosts.empty() && filter == nullptr;
    }

    [[nodiscard]] bool matches(const segment::SourceFacts &facts, std::optional<Texts> &texts) const
    {
        if (!keyHashes.isEmpty() && !keyHashes.contains(facts.keyHash)) {
            return false;
        }
        if (isByKeyOnly()) {
            return true;
        }
        if (!texts) {
            texts.emplace(facts);
        }
        return isOneOf(libraries, texts->libraries) && isOneOf(apps, texts->apps) &&
               isOneOf(userAgents, texts->userAgents) && isOneOf(hosts, texts->hosts) &&
               (filter == nullptr || (facts.event.isObject() && filter->matches(facts.event)));
    }

private:
    static bool isOneOf(const std::vector<Pattern> &asked, const QStringList &texts)
    {
        return asked.empty() || std::ranges::any_of(asked, [&texts](const Pattern &pattern) {
                   return std::ranges::any_of(
                       texts, [&pattern](const QString &text) { return pattern.matchesWhole(text); });
               });
    }
};

base::Failure unusable(const SourceConfig &config, const QString &why, const QString &fix)
{
    const QString name = config.name.isEmpty() ? config.id : config.name;
    return base::failure(base::ErrorCode::BadInput, u"The source \"%1\" can't be used."_s.arg(name), why,
                         fix);
}

base::Result<void> checkConfig(const SourceConfig &config, const std::vector<SourceConfig> &before)
{
    const auto isEqual = [](const QString &left, const QString &right) {
        return left.compare(right, Qt::CaseInsensitive) == 0;
    };
    if (config.name.trimmed().isEmpty()) {
        return unusable(config, u"It has no name."_s, u"Name it."_s);
    }
    if (config.id.isEmpty()) {
        return unusable(config, u"It has no id."_s,
                        u"Give it an \"id\" such as \"tracker-ui\", and keep it when the name changes."_s);
    }
    if (config.match.isEmpty()) {
        return unusable(config, u"Nothing says which events are of it."_s,
                        u"Give a write key, a library, an app, a host or a filter."_s);
    }
    for (const SourceConfig &other : before) {
        if (other.id == config.id) {
            return unusable(config, u"\"%1\" has the same id, \"%2\"."_s.arg(other.name, config.id),
                            u"Give each source an id of its own."_s);
        }
        if (isEqual(other.name.trimmed(), config.name.trimmed())) {
            return unusable(config, u"Another source has the same name."_s,
                            u"Give each source a name of its own."_s);
        }
    }
    return {};
}

} // namespace

bool SourceMatch::isEmpty() const
{
    return keyHashes.isEmpty() && libraries.isEmpty() && apps.isEmpty() && userAgents.isEmpty() &&
           hosts.isEmpty() && filter.trimmed().isEmpty();
}

struct SourceBook::Impl
{
    std::vector<SourceConfig> configs;
    std::vector<CompiledMatch> matches; ///< of the configs
    segment::SourceResolver::Reads reads = segment::SourceResolver::Reads::Key;
};

SourceBook::SourceBook() = default;

base::Result<std::shared_ptr<const SourceBook>> SourceBook::compile(std::vector<SourceConfig> configs)
{
    using Reads = segment::SourceResolver::Reads;
    auto impl = std::make_shared<Impl>();
    for (SourceConfig &config : configs) {
        if (auto checked = checkConfig(config, impl->configs); !checked) {
            return base::Failure(std::move(checked.error()));
        }
        CompiledMatch match;
        for (const QString &hash : config.match.keyHashes) {
            match.keyHashes += hash.toLatin1();
        }
        match.libraries = patterns(config.match.libraries);
        match.apps = patterns(config.match.apps);
        match.userAgents = patterns(config.match.userAgents);
        match.hosts = patterns(config.match.hosts);
        if (!config.match.filter.trimmed().isEmpty()) {
            auto query = filter::parse(config.match.filter);
            if (!query) {
                return unusable(
                    config,
                    u"Its filter is no filter expression (character %1): %2"_s.arg(query.error().position + 1)
                        .arg(query.error().message),
                    u"Mend the filter \"%1\"."_s.arg(config.match.filter));
            }
            match.filter = std::make_shared<const SharedMatcher>(*std::move(query));
        }
        impl->reads = std::max(impl->reads, match.filter != nullptr ? Reads::Event
                                            : match.isByKeyOnly()   ? Reads::Key
                                                                    : Reads::Context);
        impl->matches.push_back(std::move(match));
        impl->configs.push_back(std::move(config));
    }
    std::shared_ptr<SourceBook> book(new SourceBook);
    book->m_impl = std::move(impl);
    return std::shared_ptr<const SourceBook>(std::move(book));
}

const SourceConfig *SourceBook::find(const segment::SourceFacts &facts) const
{
    std::optional<Texts> texts;
    const auto found = std::ranges::find_if(
        m_impl->matches, [&](const CompiledMatch &match) { return match.matches(facts, texts); });
    return found == m_impl->matches.end()
               ? nullptr
               : &m_impl->configs[static_cast<std::size_t>(found - m_impl->matches.begin())];
}

const SourceConfig *SourceBook::findByKey(QByteArrayView keyHash) const
{
    const auto found = std::ranges::find_if(m_impl->matches, [&](const CompiledMatch &match) {
        return match.isByKeyOnly() && match.keyHashes.contains(keyHash);
    });
    return found == m_impl->matches.end()
               ? nullptr
               : &m_impl->configs[static_cast<std::size_t>(found - m_impl->matches.begin())];
}

const SourceConfig *SourceBook::findByName(const QString &name) const
{
    const auto found = std::ranges::find_if(m_impl->configs, [&name](const SourceConfig &config) {
        return config.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_impl->configs.end() ? nullptr : &*found;
}

const std::vector<SourceConfig> &SourceBook::configs() const
{
    return m_impl->configs;
}

segment::SourceResolver::Reads SourceBook::reads() const
{
    return m_impl->reads;
}

NamedSources::NamedSources(std::shared_ptr<const SourceBook> book, QHash<QString, QString> names)
    : m_book(std::move(book))
    , m_names(std::move(names))
{
}

segment::KnownSource NamedSources::source(const segment::SourceFacts &facts) const
{
    if (m_book != nullptr) {
        if (const SourceConfig *config = m_book->find(facts)) {
            return {storeKey(*config), config->name};
        }
    }
    return {{}, m_names.isEmpty() ? QString() : m_names.value(QString::fromLatin1(facts.keyHash))};
}

segment::SourceResolver::Reads NamedSources::reads() const
{
    return m_book == nullptr ? Reads::Key : m_book->reads();
}

QByteArray storeKey(const SourceConfig &config)
{
    return "rule:" + config.id.toUtf8();
}

} // namespace intake
