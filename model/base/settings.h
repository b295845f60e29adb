// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>

#include <QString>
#include <QStringList>

namespace base {

/// The user's preferences, and the secrets beside them in a file only their owner can read (0600). Both are
/// JSON under $XDG_CONFIG_HOME/trackside; saved at once with QSaveFile; only what the user changed is kept.
/// Owned by the GUI or main thread.
class Settings
{
public:
    /// `directory` empty: the user's own. A damaged file is kept beside as .damaged and reported.
    [[nodiscard]] static Result<std::unique_ptr<Settings>> open(const QString &directory = {});
    ~Settings();

    [[nodiscard]] QString text(const char *key, const QString &fallback = {}) const;
    [[nodiscard]] int number(const char *key, int fallback) const;
    [[nodiscard]] bool flag(const char *key, bool fallback) const;
    [[nodiscard]] QStringList list(const char *key) const;
    Result<void> setText(const char *key, const QString &value);
    Result<void> setNumber(const char *key, int value);
    Result<void> setFlag(const char *key, bool value);
    Result<void> setList(const char *key, const QStringList &values);
    Result<void> remove(const char *key);
    /// A JSON text under a key: window state, lists of destinations.
    [[nodiscard]] QByteArray json(const char *key) const;
    Result<void> setJson(const char *key, const QByteArray &text);

    [[nodiscard]] QString secret(const QString &name) const;
    Result<void> setSecret(const QString &name, const QString &value); ///< empty removes it

    [[nodiscard]] QString directory() const;
    /// Where a damaged settings file was put aside when this was opened; empty when none was.
    [[nodiscard]] QString damagedCopy() const;

private:
    Settings();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Every key there is, with what it holds.
namespace keys {
inline constexpr char listen[] = "capture.listen";         ///< text, "127.0.0.1:8765"
inline constexpr char strictJson[] = "capture.strictJson"; ///< flag: answer 400 where Segment would
inline constexpr char proxyAnswer[] = "proxy.answer";      ///< "here" or "pass-on"
inline constexpr char proxyDomains[] = "proxy.domains";    ///< list: the user's own, decrypted
inline constexpr char proxyUpstream[] =
    "proxy.upstream"; ///< "", "none" or http://host:port; its login in the secrets
inline constexpr char proxyTrusted[] = "proxy.trusted";        ///< PEM file trusted for real hosts
inline constexpr char deviceAccess[] = "network.access";       ///< "accepted" or "everyone"
inline constexpr char devices[] = "network.devices";           ///< JSON: devices the user accepted or refused
inline constexpr char sources[] = "sources.configs";           ///< JSON, see intake::SourceConfig
inline constexpr char health[] = "check.health";               ///< JSON, see segment::HealthOptions
inline constexpr char conventions[] = "check.conventions";     ///< preset name or path; "off"
inline constexpr char plans[] = "check.plans";                 ///< list of paths
inline constexpr char theme[] = "look.theme";                  ///< "system", "light", "dark"
inline constexpr char density[] = "look.density";              ///< "compact", "normal", "roomy"
inline constexpr char reducedMotion[] = "look.reducedMotion";  ///< flag
inline constexpr char apiOn[] = "api.on";                      ///< flag
inline constexpr char apiListen[] = "api.listen";              ///< text, "127.0.0.1:8766"
inline constexpr char destinations[] = "deliver.destinations"; ///< JSON, write keys in the secrets
inline constexpr char setupSdk[] = "setup.sdk";                ///< the SDK chosen on the Setup page
inline constexpr char setupTab[] = "setup.tab";                ///< "connect", "phone", "proxy" or "doctor"
inline constexpr char setupPlatform[] = "setup.platform";      ///< the client chosen under "Use the proxy"
inline constexpr char sourceNames[] = "sources.names";         ///< JSON: key hash -> name
inline constexpr char window[] = "window.state";               ///< JSON: geometry, columns, page
} // namespace keys

} // namespace base
