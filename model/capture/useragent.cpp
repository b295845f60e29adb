// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/useragent.h"

#include <algorithm>
#include <array>

#include <QStringList>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxAgentBytes = 400;
constexpr qsizetype maxNameLetters = 40;

struct Mark
{
    QLatin1StringView part; ///< of the agent, in any case
    Runtime runtime;
};

/// The first that is found decides.
constexpr std::array marks{
    Mark{"analytics-node"_L1, Runtime::Node},
    Mark{"analytics-python"_L1, Runtime::Python},
    Mark{"analytics-go"_L1, Runtime::Go},
    Mark{"analytics-java"_L1, Runtime::Java},
    Mark{"analytics-ruby"_L1, Runtime::Ruby},
    Mark{"analytics-php"_L1, Runtime::Php},
    Mark{"analytics.net"_L1, Runtime::DotNet},
    Mark{"analytics-kotlin"_L1, Runtime::Android},
    Mark{"analytics-android"_L1, Runtime::Android},
    Mark{"analytics-ios"_L1, Runtime::Apple}, // Swift calls itself so as well
    Mark{"analytics-swift"_L1, Runtime::Apple},
    Mark{"analytics-flutter"_L1, Runtime::Flutter},
    Mark{"okhttp"_L1, Runtime::Android},
    Mark{"dalvik"_L1, Runtime::Android},
    Mark{"cfnetwork"_L1, Runtime::Apple},
    Mark{"dart/"_L1, Runtime::Flutter},
    Mark{"axios"_L1, Runtime::Node},
    Mark{"undici"_L1, Runtime::Node},
    Mark{"node"_L1, Runtime::Node},
    Mark{"python"_L1, Runtime::Python},
    Mark{"go-http-client"_L1, Runtime::Go},
    Mark{"java/"_L1, Runtime::Java},
    Mark{"apache-httpclient"_L1, Runtime::Java},
    Mark{"ruby"_L1, Runtime::Ruby},
    Mark{"faraday"_L1, Runtime::Ruby},
    Mark{"guzzle"_L1, Runtime::Php},
    Mark{"php"_L1, Runtime::Php},
    Mark{".net"_L1, Runtime::DotNet},
    Mark{"curl/"_L1, Runtime::Curl},
};

struct Browser
{
    QLatin1StringView part;
    QLatin1StringView name;
    Runtime runtime;
};

/// Edge names Chrome and Chrome names Safari, so the order decides.
constexpr std::array browsers{
    Browser{"Edg/"_L1, "Edge"_L1, Runtime::Chromium},
    Browser{"OPR/"_L1, "Opera"_L1, Runtime::Chromium},
    Browser{"SamsungBrowser/"_L1, "Samsung Internet"_L1, Runtime::Chromium},
    Browser{"Firefox/"_L1, "Firefox"_L1, Runtime::Firefox},
    Browser{"CriOS/"_L1, "Chrome"_L1, Runtime::Safari},
    Browser{"FxiOS/"_L1, "Firefox"_L1, Runtime::Safari},
    Browser{"HeadlessChrome/"_L1, "Chrome"_L1, Runtime::Chromium},
    Browser{"Chrome/"_L1, "Chrome"_L1, Runtime::Chromium},
    Browser{"Chromium/"_L1, "Chromium"_L1, Runtime::Chromium},
    Browser{"Version/"_L1, "Safari"_L1, Runtime::Safari},
};

/// Digits and points from `at`.
QString versionAt(const QString &text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && (text.at(end).isDigit() || text.at(end) == u'.')) {
        ++end;
    }
    return text.sliced(at, std::min(end - at, maxNameLetters));
}

/// "Pixel 7" of "Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UQ1A) ..."; Chromium says "K" for all models.
QString androidModel(const QString &agent)
{
    const QStringList parts = agent.section(u'(', 1).section(u')', 0, 0).split(u';');
    for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
        if (!parts.at(i).trimmed().startsWith(u"Android"_s)) {
            continue;
        }
        const QString model = parts.at(i + 1).section(u"Build/"_s, 0, 0).trimmed();
        const bool isName =
            std::any_of(model.begin(), model.end(), [](QChar letter) { return letter.isLetterOrNumber(); });
        const bool isNone = !isName || model == u"K"_s || model == u"Mobile"_s || model == u"Tablet"_s ||
                            model.startsWith(u"wv"_s) || model.startsWith(u"rv:"_s);
        return isNone ? QString() : model.left(maxNameLetters);
    }
    return {};
}

QString systemOf(const QString &text)
{
    for (const QString &device : {u"iPhone"_s, u"iPad"_s, u"iPod"_s}) {
        if (text.contains(device)) {
            return device;
        }
    }
    if (text.contains(u"Android"_s) || text.contains(u"Dalvik"_s)) {
        const QString model = androidModel(text);
        return model.isEmpty() ? u"Android"_s : u"Android, "_s + model;
    }
    for (const auto &[part, name] :
         {std::pair{u"Windows"_s, u"Windows"_s}, std::pair{u"Macintosh"_s, u"a Mac"_s},
          std::pair{u"CrOS"_s, u"ChromeOS"_s}, std::pair{u"Linux"_s, u"Linux"_s}}) {
        if (text.contains(part)) {
            return name;
        }
    }
    return {};
}

void readBrowser(const QString &text, UserAgent &read)
{
    const auto found = std::find_if(browsers.begin(), browsers.end(),
                                    [&text](const Browser &each) { return text.contains(each.part); });
    if (found == browsers.end()) {
        return;
    }
    read.runtime = found->runtime;
    read.program = found->name;
    const qsizetype at = text.indexOf(found->part) + found->part.size();
    const QString version = versionAt(text, at);
    // Chromium has long written zeros behind the first number.
    read.version = found->runtime == Runtime::Safari ? version : version.section(u'.', 0, 0);
}

/// "name/1.2", "name (version: 1.2)", or a name alone.
void readProgram(const QString &text, UserAgent &read)
{
    const QString first = text.section(u' ', 0, 0, QString::SectionSkipEmpty);
    const QString name = first.section(u'/', 0, 0).left(maxNameLetters);
    const bool isName =
        std::any_of(name.begin(), name.end(), [](QChar letter) { return letter.isLetterOrNumber(); });
    if (!isName) {
        return;
    }
    read.program = name;
    if (first.contains(u'/')) {
        read.version = versionAt(first, first.indexOf(u'/') + 1);
    } else if (const qsizetype at = text.indexOf(u"version: "_s); at >= 0) {
        read.version = versionAt(text, at + 9);
    }
    const auto found = std::find_if(marks.begin(), marks.end(), [&text](const Mark &each) {
        return text.contains(each.part, Qt::CaseInsensitive);
    });
    read.runtime = found == marks.end() ? Runtime::Unknown : found->runtime;
}

} // namespace

UserAgent readUserAgent(QByteArrayView agent)
{
    const QString text = QString::fromUtf8(agent.first(std::min(agent.size(), maxAgentBytes)));
    UserAgent read;
    read.system = systemOf(text);
    if (text.startsWith(u"Mozilla/"_s)) {
        readBrowser(text, read);
    } else {
        readProgram(text, read);
    }
    return read;
}

} // namespace capture
