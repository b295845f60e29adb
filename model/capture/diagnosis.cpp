// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/diagnosis.h"

#include "capture/diagnosistls.h"

#include <algorithm>
#include <array>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

using Kind = Observation::Kind;
using Level = AilmentLevel;

constexpr std::int64_t secondUs = 1'000'000;
/// A page sends within a second of its settings, a mobile SDK may gather for 30 (wire contract 2.2).
constexpr std::int64_t patienceUs = 30 * secondUs;
constexpr std::int64_t preflightPatienceUs = 5 * secondUs;
constexpr std::int64_t silenceUs = 60 * secondUs;
constexpr std::uint64_t regularEvents = 3;
constexpr qsizetype shownHosts = 3;

struct CodeAilment
{
    QByteArrayView code;
    Ailment ailment;
    Level level = Level::Problem;
};

constexpr std::array rejectAilments{
    CodeAilment{"invalid_json", Ailment::BadJson},
    CodeAilment{"bad_pixel", Ailment::BadJson},
    CodeAilment{"bad_gzip", Ailment::BadEncoding},
    CodeAilment{"unsupported_encoding", Ailment::BadEncoding},
    CodeAilment{"empty_body", Ailment::EmptyBody},
    CodeAilment{"no_batch", Ailment::NotSegment},
    CodeAilment{"not_an_event", Ailment::NotSegment},
    CodeAilment{"empty_batch", Ailment::NotSegment, Level::Note},
    CodeAilment{"too_large", Ailment::TooLarge},
    CodeAilment{"body_too_large", Ailment::TooLarge},
    CodeAilment{"head_too_large", Ailment::TooLarge},
    CodeAilment{"request_line_too_long", Ailment::TooLarge},
    CodeAilment{"too_many_headers", Ailment::TooLarge},
    CodeAilment{"http2", Ailment::Http2},
    CodeAilment{"incomplete", Ailment::BrokenHttp, Level::Note},
    CodeAilment{"timeout", Ailment::BrokenHttp, Level::Note},
};

CodeAilment ailmentOf(QByteArrayView code)
{
    const auto found = std::find_if(rejectAilments.begin(), rejectAilments.end(),
                                    [code](const CodeAilment &each) { return each.code == code; });
    return found == rejectAilments.end() ? CodeAilment{code, Ailment::BrokenHttp} : *found;
}

/// One look at a client. The order of the questions is the order of telling among equals.
class Examination
{
public:
    Examination(const Client &client, const std::vector<Client> &all, const DiagnosisFacts &facts)
        : m_client(client)
        , m_all(all)
        , m_facts(facts)
        , m_eventsUs(of(Kind::Events).lastUs)
    {
    }

    std::vector<Diagnosis> told()
    {
        if (isWaiting()) {
            tell(Ailment::NotAccepted, Level::Problem, {}, of(Kind::DeviceRefused).lastUs);
            return std::move(m_told);
        }
        for (Diagnosis &each : tlsDiagnoses(m_client, m_all, m_facts)) {
            m_told.push_back(std::move(each));
        }
        examineRequests();
        examineHosts();
        examineWhatIsMissing();
        examineEvents();
        if (m_told.empty()) {
            tellTheRest();
        }
        std::stable_sort(m_told.begin(), m_told.end(),
                         [](const Diagnosis &one, const Diagnosis &two) { return one.level > two.level; });
        return std::move(m_told);
    }

private:
    [[nodiscard]] const Client::Noted &of(Kind kind) const { return m_client.of(kind); }
    [[nodiscard]] bool has(Kind kind) const { return of(kind).count > 0; }
    /// It happened, and no event was taken since.
    [[nodiscard]] bool isOpen(Kind kind) const { return has(kind) && of(kind).lastUs > m_eventsUs; }
    [[nodiscard]] std::int64_t agoUs(std::int64_t atUs) const
    {
        return std::max<std::int64_t>(0, m_facts.nowUs - atUs);
    }
    [[nodiscard]] QString secondsAgo(std::int64_t atUs) const
    {
        return QString::number(static_cast<qlonglong>(agoUs(atUs) / secondUs));
    }
    [[nodiscard]] Level levelWithoutEvents() const
    {
        return has(Kind::Events) ? Level::Note : Level::Problem;
    }

    void tell(Ailment ailment, Level level, QStringList args, std::int64_t atUs)
    {
        m_told.push_back({ailment, level, std::move(args), atUs});
    }
    [[nodiscard]] bool hasTold(Ailment ailment) const
    {
        return std::any_of(m_told.begin(), m_told.end(),
                           [ailment](const Diagnosis &each) { return each.ailment == ailment; });
    }
    [[nodiscard]] bool hasToldProblem() const
    {
        return std::any_of(m_told.begin(), m_told.end(),
                           [](const Diagnosis &each) { return each.level == Level::Problem; });
    }

    [[nodiscard]] bool isWaiting() const;
    [[nodiscard]] const Client::Noted *sentByAnother(const Client::Noted &asked) const;
    void tellWell(const Client::Noted &events);
    void examineRequests();
    void examineHosts();
    void examineWhatIsMissing();
    void examineEvents();
    void tellTheRest();

    const Client &m_client;
    const std::vector<Client> &m_all;
    const DiagnosisFacts &m_facts;
    const std::int64_t m_eventsUs;
    std::vector<Diagnosis> m_told;
};

/// Nothing but the setup page and TLS is for a device that waits, so any other sign says that it no longer
/// does.
bool Examination::isWaiting() const
{
    if (!has(Kind::DeviceRefused)) {
        return false;
    }
    const std::int64_t refusedUs = of(Kind::DeviceRefused).lastUs;
    return std::none_of(m_client.noted.begin(), m_client.noted.end(), [&](const Client::Noted &noted) {
        const Kind kind = noted.last.kind;
        const bool isAllowedAnyway = kind == Kind::DeviceRefused || kind == Kind::SetupPage ||
                                     kind == Kind::TlsOpened || kind == Kind::TlsRefused ||
                                     kind == Kind::TlsBroken || kind == Kind::Http2;
        return noted.count > 0 && !isAllowedAnyway && noted.lastUs > refusedUs;
    });
}

/// A phone fetches settings and sends events under two agents now and then. Null: nobody has sent any.
const Client::Noted *Examination::sentByAnother(const Client::Noted &asked) const
{
    const auto sender = std::find_if(m_all.begin(), m_all.end(), [&](const Client &each) {
        const Client::Noted &sent = each.of(Kind::Events);
        return each.address == m_client.address && sent.count > 0 && sent.lastUs >= asked.lastUs &&
               (asked.last.writeKeyHash.isEmpty() || sent.last.writeKeyHash == asked.last.writeKeyHash);
    });
    return sender == m_all.end() ? nullptr : &sender->of(Kind::Events);
}

void Examination::tellWell(const Client::Noted &events)
{
    tell(Ailment::Well, Level::Good, {QString::number(events.count), secondsAgo(events.lastUs)},
         events.lastUs);
}

void Examination::examineRequests()
{
    if (isOpen(Kind::Rejected)) {
        const Client::Noted &rejected = of(Kind::Rejected);
        const CodeAilment found = ailmentOf(rejected.last.detail);
        const QString code = QString::fromLatin1(rejected.last.detail);
        const QString path = QString::fromUtf8(rejected.last.path);
        QStringList args;
        switch (found.ailment) {
        case Ailment::BadJson:
            args << QString::number(rejected.count) << code;
            break;
        case Ailment::EmptyBody:
        case Ailment::NotSegment:
            args << path;
            break;
        default:
            args << code;
        }
        tell(found.ailment, found.level, args, rejected.lastUs);
    }
    if (isOpen(Kind::AnsweredError)) {
        const Client::Noted &noted = of(Kind::AnsweredError);
        const bool isAskedFor = noted.last.detail == "fault";
        tell(Ailment::AnsweredErrors, isAskedFor ? Level::Note : Level::Problem,
             {QString::number(noted.last.status), QString::number(noted.count),
              QString::fromLatin1(noted.last.detail)},
             noted.lastUs);
    }
    const bool hasAskedSince = has(Kind::Settings) && of(Kind::Settings).lastUs > of(Kind::Http2).lastUs;
    if (isOpen(Kind::Http2) && !hasAskedSince && !hasTold(Ailment::Http2)) {
        tell(Ailment::Http2, Level::Problem, {}, of(Kind::Http2).lastUs);
    }
    if (isOpen(Kind::UnknownPath)) {
        tell(Ailment::WrongPath, levelWithoutEvents(), {QString::fromUtf8(of(Kind::UnknownPath).last.path)},
             of(Kind::UnknownPath).lastUs);
    }
    if (isOpen(Kind::Script) && of(Kind::Script).lastUs > of(Kind::Settings).lastUs) {
        tell(Ailment::OnlyScript, levelWithoutEvents(), {QString::fromUtf8(of(Kind::Script).last.path)},
             of(Kind::Script).lastUs);
    }
}

void Examination::examineHosts()
{
    if (isOpen(Kind::HostFailed)) {
        const Client::Noted &failed = of(Kind::HostFailed);
        const bool isForSegment = !failed.last.path.isEmpty(); // of a tunnel nobody knows the path
        // Without the way out everything that is no event fails; the first that goes through ends that.
        const bool isOver = !isForSegment && (of(Kind::TunnelOpened).lastUs > failed.lastUs ||
                                              of(Kind::OtherHost).lastUs > failed.lastUs);
        if (!isOver) {
            tell(Ailment::HostUnreachable, isForSegment ? Level::Problem : Level::Note,
                 {QString::fromUtf8(failed.last.host), QString::fromUtf8(failed.last.detail)}, failed.lastUs);
        }
    }
    if (isOpen(Kind::TunnelRefused)) {
        const Client::Noted &refused = of(Kind::TunnelRefused);
        tell(Ailment::TunnelNotAllowed, Level::Note,
             {QString::fromUtf8(refused.last.host), QString::fromUtf8(refused.last.detail)}, refused.lastUs);
    }
}

void Examination::examineWhatIsMissing()
{
    if (hasToldProblem()) {
        return; // what is wrong is why
    }
    const bool isFault = hasTold(Ailment::AnsweredErrors);
    if (isOpen(Kind::Preflight) && !isFault && agoUs(of(Kind::Preflight).lastUs) >= preflightPatienceUs &&
        of(Kind::Preflight).lastUs >= of(Kind::Settings).lastUs) {
        tell(Ailment::OnlyPreflights, levelWithoutEvents(), {}, of(Kind::Preflight).lastUs);
        return;
    }
    const bool isToken = of(Kind::Token).lastUs > of(Kind::Settings).lastUs;
    const Kind asked = isToken ? Kind::Token : Kind::Settings;
    if (isOpen(asked) && !isFault) {
        if (const Client::Noted *const sent = sentByAnother(of(asked))) {
            if (!has(Kind::Events)) {
                tellWell(*sent);
            }
            return;
        }
        const std::int64_t atUs = of(asked).lastUs;
        const bool isLate = agoUs(atUs) >= patienceUs;
        // A page that is loaded anew need not send anything at once.
        if (!has(Kind::Events) || agoUs(atUs) >= silenceUs) {
            QStringList args{secondsAgo(atUs)};
            if (isToken) {
                args << u"token"_s;
            }
            tell(Ailment::OnlySettings, isLate ? levelWithoutEvents() : Level::Note, args, atUs);
        }
        return;
    }
    if (isOpen(Kind::Metrics) && !has(Kind::Events) && !has(asked) && !isFault &&
        sentByAnother(of(Kind::Metrics)) == nullptr) {
        const bool isLate = agoUs(of(Kind::Metrics).firstUs) >= patienceUs;
        tell(Ailment::OnlyMetrics, isLate ? Level::Problem : Level::Note, {}, of(Kind::Metrics).lastUs);
    }
}

void Examination::examineEvents()
{
    const Client::Noted &events = of(Kind::Events);
    if (events.count == 0) {
        return;
    }
    if (events.last.writeKeyHash == "none") {
        tell(Ailment::NoWriteKey, Level::Note, {}, events.lastUs);
    }
    if (hasToldProblem() || hasTold(Ailment::OnlySettings) || hasTold(Ailment::AnsweredErrors)) {
        return;
    }
    const std::int64_t meanUs =
        events.count > 1 ? (events.lastUs - events.firstUs) / static_cast<std::int64_t>(events.count - 1) : 0;
    const bool isSilent =
        events.count >= regularEvents && agoUs(events.lastUs) > std::max(silenceUs, 5 * meanUs);
    if (isSilent) {
        tell(Ailment::Silent, Level::Note, {secondsAgo(events.lastUs), QString::number(events.count)},
             events.lastUs);
    } else {
        tellWell(events);
    }
}

void Examination::tellTheRest()
{
    if (!m_client.elsewhere.empty()) {
        QStringList hosts;
        for (const QByteArray &host : m_client.elsewhere) {
            if (hosts.size() < shownHosts) {
                hosts << QString::fromUtf8(host);
            }
        }
        tell(Ailment::OnlyTunnels, Level::Note, hosts,
             std::max(of(Kind::TunnelOpened).lastUs, of(Kind::OtherHost).lastUs));
    } else if (has(Kind::SetupPage)) {
        tell(Ailment::SetupOnly, Level::Note, {}, of(Kind::SetupPage).lastUs);
    } else {
        tell(Ailment::Connected, Level::Note, {}, m_client.lastUs);
    }
}

} // namespace

std::vector<Diagnosis> diagnose(const Client &client, const std::vector<Client> &all,
                                const DiagnosisFacts &facts)
{
    return Examination(client, all, facts).told();
}

QString word(Ailment ailment)
{
    switch (ailment) {
    case Ailment::Well:
        return u"well"_s;
    case Ailment::NotTrusted:
        return u"not_trusted"_s;
    case Ailment::Pinned:
        return u"pinned"_s;
    case Ailment::NotPermitted:
        return u"not_permitted"_s;
    case Ailment::TlsTooOld:
        return u"tls_too_old"_s;
    case Ailment::LeftHandshake:
        return u"left_handshake"_s;
    case Ailment::OnlyTunnels:
        return u"only_tunnels"_s;
    case Ailment::TunnelNotAllowed:
        return u"tunnel_not_allowed"_s;
    case Ailment::HostUnreachable:
        return u"host_unreachable"_s;
    case Ailment::OnlySettings:
        return u"only_settings"_s;
    case Ailment::OnlyPreflights:
        return u"only_preflights"_s;
    case Ailment::OnlyMetrics:
        return u"only_metrics"_s;
    case Ailment::OnlyScript:
        return u"only_script"_s;
    case Ailment::WrongPath:
        return u"wrong_path"_s;
    case Ailment::NoWriteKey:
        return u"no_write_key"_s;
    case Ailment::BadJson:
        return u"bad_json"_s;
    case Ailment::BadEncoding:
        return u"bad_encoding"_s;
    case Ailment::EmptyBody:
        return u"empty_body"_s;
    case Ailment::NotSegment:
        return u"not_segment"_s;
    case Ailment::TooLarge:
        return u"too_large"_s;
    case Ailment::Http2:
        return u"http2"_s;
    case Ailment::BrokenHttp:
        return u"broken_http"_s;
    case Ailment::AnsweredErrors:
        return u"answered_errors"_s;
    case Ailment::Silent:
        return u"silent"_s;
    case Ailment::NotAccepted:
        return u"not_accepted"_s;
    case Ailment::SetupOnly:
        return u"setup_only"_s;
    case Ailment::TlsFailed:
        return u"tls_failed"_s;
    case Ailment::Connected:
        return u"connected"_s;
    }
    return {};
}

QString word(AilmentLevel level)
{
    switch (level) {
    case AilmentLevel::Good:
        return u"good"_s;
    case AilmentLevel::Note:
        return u"note"_s;
    case AilmentLevel::Problem:
        return u"problem"_s;
    }
    return {};
}

QString word(Mode mode)
{
    switch (mode) {
    case Mode::Endpoint:
        return u"endpoint"_s;
    case Mode::EndpointTls:
        return u"endpoint-tls"_s;
    case Mode::ProxyHttp:
        return u"proxy-http"_s;
    case Mode::ProxyTls:
        return u"proxy-tls"_s;
    }
    return {};
}

} // namespace capture
