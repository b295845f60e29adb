// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/services.h"

#include <vector>

#include <QString>

namespace ui {

/// One way to point an app here, from resources/setup/sdks.json.
struct Sdk
{
    QString id;
    QString group; ///< "web", "mobile", "server"
    QString name;
    QString where; ///< where in the app the lines belong
    QString code;  ///< with {{url}}, {{host}}, {{ip}}, {{port}} and {{emulator}} in it
    QString note;  ///< what else to mind; may be empty
    QString searchWords;
    bool isTried = false; ///< run against Trackside by us; others follow the SDK's sources
};

[[nodiscard]] std::vector<Sdk> loadSdks();
/// A text of an SDK with the address filled in. {{emulator}} is the machine as the Android emulator sees it.
/// An address without a host stands there as THIS-MACHINE.
[[nodiscard]] QString filledIn(const QString &text, const capture::Address &address);
/// Where an app on this machine is to send: of several addresses the first IPv4 one.
[[nodiscard]] capture::Address appAddress(const Services::CaptureState &state);

} // namespace ui
