// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/address.h"

#include <vector>

#include <QString>

namespace ui {

/// How a kind of client comes to use the proxy, from resources/setup/platforms.json.
struct Platform
{
    struct Step
    {
        QString text;
        QString code; ///< may be empty
    };
    QString id;
    QString group; ///< "system", "browser", "runtime", "mobile"
    QString name;
    QString searchWords;
    bool isAway = false;     ///< runs on another machine, so it needs the address in the network
    std::vector<Step> trust; ///< install the certificate
    std::vector<Step> route; ///< set the proxy
    std::vector<Step> undo;  ///< take both back
};

[[nodiscard]] std::vector<Platform> loadPlatforms();

/// What a platform's texts are filled in with.
struct PlatformFacts
{
    capture::Address address;
    QString certificatePath; ///< where the PEM file lies; {{certificate}}, quoted for a shell where needed
    QString authorityName;   ///< {{authority}}
};
[[nodiscard]] QString withFacts(const QString &text, const PlatformFacts &facts);

} // namespace ui
