// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/preferences.h"

#include <nlohmann/json.hpp>

#include <QUrl>

using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace engine {

namespace {

QString secretName(const QString &destination)
{
    return u"destination/"_s + destination;
}

QString textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

Json parsed(const QByteArray &text)
{
    return Json::parse(text.begin(), text.end(), nullptr, false);
}

const QString upstreamLogin = u"proxy/upstream"_s;

} // namespace

Preferences::Preferences(std::unique_ptr<base::Settings> settings)
    : m_settings(std::move(settings))
{
}

base::Result<std::unique_ptr<Preferences>> Preferences::open(const QString &directory)
{
    auto settings = base::Settings::open(directory);
    if (!settings) {
        return base::Failure(settings.error());
    }
    return std::unique_ptr<Preferences>(new Preferences(std::move(*settings)));
}

std::vector<deliver::DestinationConfig> Preferences::destinations() const
{
    std::vector<deliver::DestinationConfig> configs;
    const Json stored = parsed(m_settings->json(base::keys::destinations));
    if (!stored.is_array()) {
        return configs;
    }
    for (const Json &one : stored) {
        if (!one.is_object()) {
            continue;
        }
        deliver::DestinationConfig config;
        config.name = textOf(one, "name");
        config.kind = textOf(one, "kind");
        config.baseUrl = QUrl(textOf(one, "baseUrl"));
        config.isLive = one.value("isLive", false);
        config.writeKey = m_settings->secret(secretName(config.name));
        configs.push_back(std::move(config));
    }
    return configs;
}

base::Result<void> Preferences::setDestinations(const std::vector<deliver::DestinationConfig> &configs)
{
    for (const deliver::DestinationConfig &old : destinations()) {
        if (std::ranges::find(configs, old.name, &deliver::DestinationConfig::name) == configs.end()) {
            if (auto removed = m_settings->setSecret(secretName(old.name), {}); !removed) {
                return removed;
            }
        }
    }
    Json stored = Json::array();
    for (const deliver::DestinationConfig &config : configs) {
        stored.push_back({{"name", config.name.toStdString()},
                          {"kind", config.kind.toStdString()},
                          {"baseUrl", config.baseUrl.toString().toStdString()},
                          {"isLive", config.isLive}});
        if (auto kept = m_settings->setSecret(secretName(config.name), config.writeKey); !kept) {
            return kept;
        }
    }
    return m_settings->setJson(base::keys::destinations, QByteArray::fromStdString(stored.dump()));
}

QHash<QString, QString> Preferences::sourceNames() const
{
    QHash<QString, QString> names;
    const Json stored = parsed(m_settings->json(base::keys::sourceNames));
    if (stored.is_object()) {
        for (const auto &[hash, name] : stored.items()) {
            if (name.is_string()) {
                names.insert(QString::fromStdString(hash), QString::fromStdString(name.get<std::string>()));
            }
        }
    }
    return names;
}

base::Result<void> Preferences::setSourceName(const QString &keyHash, const QString &name)
{
    Json stored = parsed(m_settings->json(base::keys::sourceNames));
    if (!stored.is_object()) {
        stored = Json::object();
    }
    stored[keyHash.toStdString()] = name.toStdString();
    return m_settings->setJson(base::keys::sourceNames, QByteArray::fromStdString(stored.dump()));
}

capture::ProxyOptions Preferences::proxy() const
{
    capture::ProxyOptions options;
    if (m_settings->text(base::keys::proxyAnswer) == u"pass-on") {
        options.answer = capture::ProxyAnswer::PassOn;
    }
    options.domains = m_settings->list(base::keys::proxyDomains);
    options.upstreamProxy = m_settings->text(base::keys::proxyUpstream);
    if (const QString login = m_settings->secret(upstreamLogin); !login.isEmpty()) {
        QUrl url(options.upstreamProxy);
        url.setUserInfo(login);
        options.upstreamProxy = url.toString(QUrl::FullyEncoded);
    }
    options.trustedPem = m_settings->text(base::keys::proxyTrusted);
    return options;
}

base::Result<void> Preferences::setProxy(const capture::ProxyOptions &options)
{
    QUrl url(options.upstreamProxy);
    const QString login = url.userInfo(QUrl::FullyEncoded);
    url.setUserInfo({});
    const bool isPassedOn = options.answer == capture::ProxyAnswer::PassOn;
    for (auto &&saved :
         {m_settings->setText(base::keys::proxyAnswer, isPassedOn ? u"pass-on"_s : u"here"_s),
          m_settings->setList(base::keys::proxyDomains, options.domains),
          m_settings->setText(base::keys::proxyUpstream,
                              login.isEmpty() ? options.upstreamProxy : url.toString(QUrl::FullyEncoded)),
          m_settings->setSecret(upstreamLogin, login),
          m_settings->setText(base::keys::proxyTrusted, options.trustedPem)}) {
        if (!saved) {
            return saved;
        }
    }
    return {};
}

std::vector<capture::Device> Preferences::devices() const
{
    std::vector<capture::Device> devices;
    const Json stored = parsed(m_settings->json(base::keys::devices));
    for (const Json &one : stored.is_array() ? stored : Json::array()) {
        if (!one.is_object()) {
            continue;
        }
        capture::Device device;
        device.address = textOf(one, "address").toLatin1();
        device.name = textOf(one, "name");
        device.state = textOf(one, "state") == u"refused" ? capture::Device::State::Refused
                                                          : capture::Device::State::Accepted;
        if (!device.address.isEmpty()) {
            devices.push_back(std::move(device));
        }
    }
    return devices;
}

base::Result<void> Preferences::setDevices(const std::vector<capture::Device> &devices)
{
    Json stored = Json::array();
    for (const capture::Device &device : devices) {
        if (device.state != capture::Device::State::Waiting) {
            const bool isRefused = device.state == capture::Device::State::Refused;
            stored.push_back({{"address", device.address.toStdString()},
                              {"name", device.name.toStdString()},
                              {"state", isRefused ? "refused" : "accepted"}});
        }
    }
    return m_settings->setJson(base::keys::devices, QByteArray::fromStdString(stored.dump()));
}

capture::Devices::Access Preferences::deviceAccess() const
{
    return m_settings->text(base::keys::deviceAccess) == u"everyone" ? capture::Devices::Access::Everyone
                                                                     : capture::Devices::Access::Accepted;
}

base::Result<void> Preferences::setDeviceAccess(capture::Devices::Access access)
{
    return m_settings->setText(base::keys::deviceAccess,
                               access == capture::Devices::Access::Everyone ? u"everyone"_s : u"accepted"_s);
}

std::vector<intake::SourceConfig> Preferences::sources() const
{
    const QByteArray stored = m_settings->json(base::keys::sources);
    if (stored.isEmpty()) {
        return {};
    }
    auto configs = intake::sourcesFromJson(stored);
    return configs ? std::move(*configs) : std::vector<intake::SourceConfig>();
}

base::Result<void> Preferences::setSources(const std::vector<intake::SourceConfig> &configs)
{
    return m_settings->setJson(base::keys::sources, intake::toJson(configs));
}

segment::HealthOptions Preferences::health() const
{
    return segment::healthOptionsFromJson(m_settings->json(base::keys::health));
}

base::Result<void> Preferences::setHealth(const segment::HealthOptions &options)
{
    return m_settings->setJson(base::keys::health, segment::toJson(options));
}

} // namespace engine
