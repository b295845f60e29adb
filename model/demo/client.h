// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/script.h"

#include <set>

#include <QByteArray>

namespace demo {

/// Speaks like the SDK of its source: turns calls into the requests that it would send, whole, in the order
/// of their sending. The shapes are those recorded of analytics-next 1.84.3 and analytics-node 3.1.0, and
/// those of the sources of analytics-react-native and analytics-kotlin. No socket, no clock.
class Client
{
public:
    Client(Actor actor, quint16 port);

    /// Requests to send at once; none while a batch gathers.
    [[nodiscard]] std::vector<QByteArray> send(const Json &call, const QDateTime &now);
    /// What the batch holds.
    [[nodiscard]] std::vector<QByteArray> flush(const QDateTime &now);

private:
    using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

    [[nodiscard]] Json event(const Json &call, const QDateTime &now) const;
    void addIdentity(Json &event, const Json &call) const;
    [[nodiscard]] Json pageOf(const Json &call) const;
    [[nodiscard]] Json contextFor(const Json &call) const;
    [[nodiscard]] std::string newMessageId(const QDateTime &now) const;

    void addSettingsFetch(std::vector<QByteArray> &requests);
    void addBrowserPost(std::vector<QByteArray> &requests, Json event, const QDateTime &now);
    void addRaw(std::vector<QByteArray> &requests, const Json &raw, const QDateTime &now) const;
    [[nodiscard]] Headers browserHeaders() const;
    [[nodiscard]] QByteArray request(const QByteArray &method, const QByteArray &path, const Headers &headers,
                                     const QByteArray &body) const;
    [[nodiscard]] QByteArray basicAuth() const;

    Actor m_actor;
    QByteArray m_host;
    bool m_hasSettings = false;
    std::set<std::string> m_preflighted; ///< paths: browsers ask once for each
    std::string m_path = "/";            ///< of the page the browser shows
    std::string m_title;
    Json m_batch = Json::array();
    Json m_last; ///< for a retry
};

} // namespace demo
