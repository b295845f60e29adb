// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "subject.h"

#include "schema/pattern.h"
#include "schema/schema.h"
#include "json/parser.h"

#include <QFile>

namespace bench {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QByteArray> lines(const QString &path)
{
    QList<QByteArray> lines = contents(path).split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

} // namespace

int check(const QStringList &arguments)
{
    json::Parser parser;
    const auto schemaText = parser.parse(contents(arguments.value(0)));
    if (!schemaText) {
        return 2;
    }
    const auto schema = schema::compile(*schemaText, {});
    if (!schema) {
        return 2;
    }
    const QList<QByteArray> events = lines(arguments.value(1));
    const int count = arguments.value(2).toInt();
    int valid = 0;
    for (int i = 0; i < count; ++i) {
        const auto event = parser.parse(events.at(i % events.size()));
        valid += event && schema->isValid((*event)->root()) ? 1 : 0;
    }
    return valid == count ? 0 : 1;
}

int parse(const QStringList &arguments)
{
    json::Parser parser;
    const QList<QByteArray> events = lines(arguments.value(0));
    const int count = arguments.value(1).toInt();
    int parsed = 0;
    for (int i = 0; i < count; ++i) {
        parsed += parser.parse(events.at(i % events.size())).has_value() ? 1 : 0;
    }
    return parsed == count ? 0 : 1;
}

int compile(const QStringList &arguments)
{
    const QByteArray text = contents(arguments.value(0));
    const int count = arguments.value(1).toInt();
    schema::CompileOptions options;
    options.patterns = std::make_shared<schema::PatternCache>();
    json::Parser parser;
    std::vector<schema::Schema> schemas;
    for (int i = 0; i < count; ++i) {
        const auto document = parser.parse(text);
        if (!document) {
            return 2;
        }
        auto schema = schema::compile(*document, {}, options);
        if (!schema) {
            return 1;
        }
        schemas.push_back(std::move(*schema));
    }
    return 0;
}

} // namespace bench
