// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/dialer.h"

#include "capture/dial.h"

#include <unordered_map>

namespace capture {

class Dialer::Impl
{
public:
    explicit Impl(Options given)
        : m_options(std::move(given))
    {
    }

    base::Result<std::shared_ptr<tls::ClientContext>> trust();
    [[nodiscard]] std::optional<UpstreamProxy> proxyFor(const DialTarget &target) const;

    Options m_options;
    std::shared_ptr<tls::ClientContext> m_trust; ///< made when first needed: it reads a few hundred files
    std::unordered_map<std::uint64_t, Dial *> m_dials;
    std::uint64_t m_lastId = 0;
};

base::Result<std::shared_ptr<tls::ClientContext>> Dialer::Impl::trust()
{
    if (m_trust == nullptr) {
        auto made = tls::ClientContext::create(m_options.moreTrustedPem);
        if (!made) {
            return base::Failure(made.error());
        }
        m_trust = std::move(*made);
    }
    return m_trust;
}

std::optional<UpstreamProxy> Dialer::Impl::proxyFor(const DialTarget &target) const
{
    // A tunnel is nearly always TLS inside, and CONNECT is what https_proxy is for.
    const auto scheme =
        target.kind == DialTarget::Kind::Http ? UpstreamRoute::Scheme::Http : UpstreamRoute::Scheme::Https;
    return m_options.route.proxyFor(scheme, target.host, target.port);
}

Dialer::Dialer(Options options, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(std::move(options)))
{
}

Dialer::~Dialer()
{
    for (const auto &[id, dial] : m_impl->m_dials) {
        delete dial;
    }
}

void Dialer::setOptions(Options options)
{
    m_impl->m_options = std::move(options);
    m_impl->m_trust.reset();
}

std::uint64_t Dialer::dial(const DialTarget &target, Guard isAllowed, Done done)
{
    const std::uint64_t id = ++m_impl->m_lastId;
    const auto everyOne = [](const QHostAddress &, std::uint16_t) { return true; };
    const auto noOne = [](const QHostAddress &, std::uint16_t) { return false; };
    Dial::Plan plan;
    plan.target = target;
    plan.proxy = m_impl->proxyFor(target);
    plan.isAllowed = isAllowed ? std::move(isAllowed) : Guard(everyOne);
    plan.isOwn = m_impl->m_options.isOwn ? m_impl->m_options.isOwn : Guard(noOne);
    plan.trust = [this] { return m_impl->trust(); };
    plan.timeoutMs = m_impl->m_options.timeoutMs;

    const auto ended = [this, id, told = std::move(done)](base::Result<Dialed> result) {
        const auto found = m_impl->m_dials.find(id);
        found->second->deleteLater(); // it is on the stack
        m_impl->m_dials.erase(found);
        told(std::move(result));
    };
    auto *dial = new Dial(std::move(plan), ended, this);
    m_impl->m_dials.emplace(id, dial);
    QMetaObject::invokeMethod(dial, &Dial::start, Qt::QueuedConnection);
    return id;
}

void Dialer::cancel(std::uint64_t id)
{
    const auto found = m_impl->m_dials.find(id);
    if (found != m_impl->m_dials.end()) {
        delete found->second;
        m_impl->m_dials.erase(found);
    }
}

} // namespace capture
