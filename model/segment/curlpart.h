// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/importedrequest.h"
#include "segment/shellwords.h"

#include <QStringList>

namespace segment {

/// The options that say what is sent.
enum class CurlOption : std::uint8_t {
    Data,
    RawData,
    BinaryData,
    EncodedData,
    Json,
    Header,
    User,
    Bearer,
    Method,
    Get, ///< without a value, as Head and Next
    Head,
    Next,
    Url,
    UrlQuery,
    UserAgent,
    Referer,
    Cookie,
    Form,
    Upload,
    Config,
};

/// One part of a curl command, up to --next: collects its options and makes requests of them.
class CurlPart
{
public:
    /// Outlives this.
    explicit CurlPart(const ShellCommand &command);

    void addUrl(const QByteArray &text);
    void add(CurlOption option, const QByteArray &value);
    void fail(const QString &sentence);

    /// A sentence; empty: all is understood.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] std::vector<WrittenRequest> requests() const;

private:
    enum class NewLines : std::uint8_t { Kept, Stripped };

    void refuseFile(const QByteArray &name);
    [[nodiscard]] bool isInput(const QByteArray &value) const;
    void addFileOr(const QByteArray &value, NewLines newLines);
    void addData(const QByteArray &value);
    void addJson(const QByteArray &value);
    [[nodiscard]] QByteArray urlEncoded(const QByteArray &value);
    void addHeader(const QByteArray &value);
    void setDefault(const char *name, const QByteArray &value);
    [[nodiscard]] bool isSetByUser(const QByteArray &name) const;
    [[nodiscard]] QByteArray withQuery(QByteArray address) const;

    const ShellCommand *m_command;
    QList<QByteArray> m_urls;
    std::vector<http::Header> m_headers;  ///< of -H; null: left out
    std::vector<http::Header> m_defaults; ///< of other options: -H goes before them
    QByteArray m_method, m_data;
    QList<QByteArray> m_query;
    bool m_hasData = false, m_isGet = false, m_isHead = false;
    QString m_problem;
};

} // namespace segment
