// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "segment/sources.h"

#include <memory>
#include <vector>

#include <QHash>
#include <QStringList>

namespace intake {

/// What an event must look like to be of a source: every given part must match; texts are patterns with `*`,
/// without regard to case. Several values in a list: any of them.
struct SourceMatch
{
    QStringList keyHashes;  ///< SourceKey::keyHash of its write keys, exact
    QStringList libraries;  ///< "analytics.js*", over "name version"
    QStringList apps;       ///< over context.app.name and context.app.namespace
    QStringList userAgents; ///< over the request's User-Agent, and context.userAgent
    QStringList hosts;      ///< over the Origin's, the page url's and the request's host
    QString filter;         ///< a filter expression over the event; empty: none

    [[nodiscard]] bool isEmpty() const;
    friend bool operator==(const SourceMatch &, const SourceMatch &) = default;
};

/// A source as its user defined it.
struct SourceConfig
{
    QString id; ///< made once, never shown: "tracker-ui"
    QString name;
    SourceMatch match;
    int color = 0;            ///< 1-8 of the theme's source colours; 0: by its order
    bool isMuted = false;     ///< captured, but hidden in the stream
    QStringList plans;        ///< paths; empty: those of the settings that name it, or all
    QString conventions;      ///< preset or path; empty: those of the settings
    QStringList destinations; ///< names it is forwarded to when they are live; empty: all live ones
    QStringList maskedKeys;   ///< as shown, beside match.keyHashes

    friend bool operator==(const SourceConfig &, const SourceConfig &) = default;
};

/// The user's sources, compiled; the first that matches wins. Immutable; any thread.
class SourceBook
{
public:
    /// BadInput names the source and the part that is wrong (a filter that does not parse, no name, two of
    /// one id, nothing to match by).
    [[nodiscard]] static base::Result<std::shared_ptr<const SourceBook>>
    compile(std::vector<SourceConfig> configs);

    /// Null when none matches.
    [[nodiscard]] const SourceConfig *find(const segment::SourceFacts &facts) const;
    /// The one that has this write key and asks for nothing else; null when none.
    [[nodiscard]] const SourceConfig *findByKey(QByteArrayView keyHash) const;
    [[nodiscard]] const SourceConfig *findByName(const QString &name) const;
    [[nodiscard]] const std::vector<SourceConfig> &configs() const;
    /// What of an event the matches look at.
    [[nodiscard]] segment::SourceResolver::Reads reads() const;

private:
    SourceBook();
    struct Impl;
    std::shared_ptr<const Impl> m_impl;
};

/// The store's key of a configured source: "rule:" and its id.
[[nodiscard]] QByteArray storeKey(const SourceConfig &config);

/// What the pipeline asks: a source of the book, else the name its user gave a write key. Immutable.
class NamedSources final : public segment::SourceResolver
{
public:
    /// `book` may be null; `names`: SourceKey::keyHash -> name.
    NamedSources(std::shared_ptr<const SourceBook> book, QHash<QString, QString> names);

    [[nodiscard]] segment::KnownSource source(const segment::SourceFacts &facts) const override;
    [[nodiscard]] Reads reads() const override;

private:
    std::shared_ptr<const SourceBook> m_book;
    QHash<QString, QString> m_names;
};

/// JSON as the settings and a shared sources file hold it: {"sources":[..]}. Unknown members are refused with
/// their name and place. Write keys never stand in it, only their hashes.
[[nodiscard]] QByteArray toJson(const std::vector<SourceConfig> &configs);
[[nodiscard]] base::Result<std::vector<SourceConfig>> sourcesFromJson(const QByteArray &json);
/// "delivery-platform": the six sources of a sample house, from the resources.
[[nodiscard]] base::Result<std::vector<SourceConfig>> sourcePreset(const QString &name);
[[nodiscard]] QStringList sourcePresets();

} // namespace intake
