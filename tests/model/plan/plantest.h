// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <QFile>
#include <QTest>

/// What tests of plan documents share.
namespace plantest {

inline QString dataFile(const QString &name)
{
    return QString::fromLatin1(TRACKSIDE_TEST_DATA) + QStringLiteral("/plan/") + name;
}

inline QString sampleFile(const QString &name)
{
    return QString::fromLatin1(TRACKSIDE_SOURCE_DIR) + QStringLiteral("/resources/samples/") + name;
}

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The document, or an empty one and a warning.
inline plan::Document read(const QString &path)
{
    auto document = plan::readDocument(path);
    if (!document) {
        qWarning("%s", qPrintable(document.error().oneLine()));
        return {};
    }
    return std::move(*document);
}

inline plan::Document parsed(const QByteArray &bytes, const QString &path = QStringLiteral("plan.json"))
{
    auto document = plan::parseDocument(bytes, path);
    if (!document) {
        qWarning("%s", qPrintable(document.error().oneLine()));
        return {};
    }
    return std::move(*document);
}

/// The only file of a format of one.
inline QByteArray text(const plan::Document &document, plan::Format format)
{
    const auto files = plan::written(document, format);
    return files && files->size() == 1 ? files->front().bytes : QByteArray();
}

inline QByteArray text(const plan::Document &document)
{
    return text(document, document.format);
}

/// As it stands, with our indentation.
inline QByteArray indented(const QByteArray &json)
{
    return QByteArray::fromStdString(plan::Json::parse(json.toStdString()).dump(2)) + '\n';
}

/// For comparing values, whatever the order of members.
inline nlohmann::json unordered(const QByteArray &json)
{
    return nlohmann::json::parse(json.toStdString());
}

inline QStringList lines(const std::vector<plan::Loss> &losses)
{
    QStringList made;
    for (const plan::Loss &loss : losses) {
        made.append(loss.where + QStringLiteral(": ") + loss.what);
    }
    return made;
}

inline QStringList lines(const std::vector<plan::Problem> &problems)
{
    QStringList made;
    for (const plan::Problem &problem : problems) {
        made.append(problem.where + QStringLiteral(": ") + problem.message);
    }
    return made;
}

inline QStringList titles(const plan::Document &document)
{
    QStringList made;
    for (const plan::RulePointer &rule : document.rules) {
        made.append(plan::titleOf(*rule));
    }
    return made;
}

/// A rule with something changed.
inline plan::RulePointer changed(const plan::RulePointer &rule,
                                 const std::function<void(plan::RuleSource &)> &change)
{
    auto made = std::make_shared<plan::RuleSource>(*rule);
    change(*made);
    return made;
}

} // namespace plantest
