// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace capture {

/// What a program is made with: it decides where the program looks for certificates and proxies.
enum class Runtime : std::uint8_t {
    Unknown,
    Chromium,
    Firefox,
    Safari,  ///< any browser of iOS, too
    Android, ///< OkHttp, HttpURLConnection: Kotlin, Java and React Native apps
    Apple,   ///< URLSession: Swift, Objective-C and React Native apps
    Flutter,
    Node,
    Python,
    Go,
    Java,
    Ruby,
    Php,
    DotNet,
    Curl,
};

struct UserAgent
{
    Runtime runtime = Runtime::Unknown;
    QString program; ///< "Chrome", "analytics-node"; empty when it does not say
    QString version; ///< "156", "6.2.0"
    QString system;  ///< "iPhone", "Android, Pixel 7", "Linux"; empty when it does not say

    [[nodiscard]] bool isBrowser() const
    {
        return runtime == Runtime::Chromium || runtime == Runtime::Firefox || runtime == Runtime::Safari;
    }
};

/// Reads a User-Agent header as browsers, SDKs and their HTTP libraries write it (wire contract 2.1).
[[nodiscard]] UserAgent readUserAgent(QByteArrayView agent);

} // namespace capture
