// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/settings.h"
#include "capture/devices.h"
#include "capture/proxy.h"
#include "deliver/destination.h"
#include "intake/sourcebook.h"
#include "segment/health.h"

#include <QHash>

namespace engine {

/// The user's settings with the values that are more than a text. The window
/// and the command line read the same. Owner's thread.
class Preferences
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Preferences>> open(const QString &directory = {});

    [[nodiscard]] base::Settings &settings() { return *m_settings; }
    /// With their write keys, which lie in the secrets file.
    [[nodiscard]] std::vector<deliver::DestinationConfig> destinations() const;
    base::Result<void> setDestinations(const std::vector<deliver::DestinationConfig> &configs);
    /// SourceKey::keyHash -> the name its user gave it.
    [[nodiscard]] QHash<QString, QString> sourceNames() const;
    base::Result<void> setSourceName(const QString &keyHash, const QString &name);

    /// The upstream proxy's login lies in the secrets file.
    [[nodiscard]] capture::ProxyOptions proxy() const;
    base::Result<void> setProxy(const capture::ProxyOptions &options);
    /// Those the user accepted or refused.
    [[nodiscard]] std::vector<capture::Device> devices() const;
    base::Result<void> setDevices(const std::vector<capture::Device> &devices);
    [[nodiscard]] capture::Devices::Access deviceAccess() const;
    base::Result<void> setDeviceAccess(capture::Devices::Access access);
    /// A damaged list counts as none.
    [[nodiscard]] std::vector<intake::SourceConfig> sources() const;
    base::Result<void> setSources(const std::vector<intake::SourceConfig> &configs);
    [[nodiscard]] segment::HealthOptions health() const;
    base::Result<void> setHealth(const segment::HealthOptions &options);

private:
    explicit Preferences(std::unique_ptr<base::Settings> settings);
    std::unique_ptr<base::Settings> m_settings;
};

} // namespace engine
