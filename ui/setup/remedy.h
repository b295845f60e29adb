// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/diagnosis.h"

#include <vector>

#include <QString>

namespace ui {

/// What one press of a button can do about a diagnosis.
struct Remedy
{
    enum class Act : std::uint8_t {
        None,
        InstallCertificate, ///< the steps and the file stand under "Use the proxy"
        SaveCertificate,
        AddDomain,    ///< argument: the host
        AcceptDevice, ///< argument: the address
        SetUpstream,
        ConnectApp, ///< the lines to copy
    } act = Act::None;
    QString text;     ///< of the button
    QString argument; ///< see Act
};

/// Most fitting first; empty when there is nothing to press.
[[nodiscard]] std::vector<Remedy> remediesFor(const capture::Diagnosis &diagnosis,
                                              const capture::Client &client);

} // namespace ui
