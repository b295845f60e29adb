// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/sdkchooser.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

std::vector<Chooser::Entry> entriesOf(const std::vector<Sdk> &sdks)
{
    std::vector<Chooser::Entry> entries;
    for (const Sdk &sdk : sdks) {
        const QString group = sdk.group == "web"_L1 ? SdkChooser::tr("Web")
                                                    : (sdk.group == "mobile"_L1 ? SdkChooser::tr("Mobile")
                                                                                : SdkChooser::tr("Server"));
        entries.push_back({sdk.id, group, sdk.name, sdk.searchWords + u' ' + sdk.group});
    }
    return entries;
}

} // namespace

SdkChooser::SdkChooser(const Theme &theme, std::vector<Sdk> sdks, QWidget *parent)
    : Chooser(theme, u"sdk"_s,
              {.search = tr("Search SDKs"),
               .list = tr("SDKs"),
               .nothing = tr("No SDK of that name. The HTTP API works from any language.")},
              entriesOf(sdks), parent)
    , m_sdks(std::move(sdks))
{
}

} // namespace ui
