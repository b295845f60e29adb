// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <QFile>
#include <QTest>

namespace plantest {

/// A rule that wants `property` to be a text.
inline plan::RulePointer rule(const QString &name, const QString &property = QStringLiteral("order_id"))
{
    plan::RuleSource made;
    made.name = name;
    made.schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    made.schema["type"] = "object";
    made.schema["properties"]["properties"] = {{"type", "object"}, {"required", plan::Json::array()}};
    auto &properties = made.schema["properties"]["properties"];
    properties["required"].push_back(property.toStdString());
    properties["properties"][property.toStdString()] = {{"type", "string"}};
    return std::make_shared<const plan::RuleSource>(std::move(made));
}

inline plan::Document document(const QString &name, const QStringList &events)
{
    plan::Document made;
    made.name = name;
    for (const QString &event : events) {
        made.rules.push_back(rule(event));
    }
    return made;
}

inline void write(const plan::Document &document, const QString &path)
{
    const auto written = plan::writeDocument(document, document.format, path);
    if (!written) {
        qFatal("%s", qUtf8Printable(written.error().oneLine()));
    }
}

/// As an editor writes in place.
inline void writeBytes(const QByteArray &bytes, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("%s", qUtf8Printable(file.errorString()));
    }
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QStringList names(const plan::Document &document)
{
    QStringList names;
    for (const plan::RulePointer &rule : document.rules) {
        names += rule->name;
    }
    return names;
}

} // namespace plantest
