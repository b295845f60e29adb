// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/setup/chooser.h"
#include "ui/setup/sdk.h"

namespace ui {

/// The SDKs, grouped web, mobile and server, with a search above.
class SdkChooser final : public Chooser
{
    Q_OBJECT
public:
    SdkChooser(const Theme &theme, std::vector<Sdk> sdks, QWidget *parent = nullptr);

    [[nodiscard]] const Sdk &current() const { return m_sdks[currentIndex()]; }

private:
    std::vector<Sdk> m_sdks;
};

} // namespace ui
