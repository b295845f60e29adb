// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/settings.h"
#include "deliver/destination.h"

#include <QHash>

namespace engine {

/// The user's settings with the values that are more than a text: destinations and source names. The window
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

private:
    explicit Preferences(std::unique_ptr<base::Settings> settings);
    std::unique_ptr<base::Settings> m_settings;
};

} // namespace engine
