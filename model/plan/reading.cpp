// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/document.h"

#include "plan/formats/avocsv.h"
#include "plan/formats/avojson.h"
#include "plan/formats/configapi.h"
#include "plan/formats/rudderstack.h"
#include "plan/formats/schemafolder.h"
#include "plan/formats/segmentapi.h"
#include "plan/formats/segmentcsv.h"
#include "plan/formats/typewriter.h"
#include "plan/plantext.h"

#include <algorithm>
#include <array>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr std::size_t maxFiles = 20'000;

base::Result<Document> readJson(Json root, const QString &path)
{
    if (formats::looksLikeAvoJson(root)) {
        return formats::readAvoJson(std::move(root), path);
    }
    formats::Envelope envelope(std::move(root));
    if (envelope.isConfig()) {
        return formats::readConfigApi(std::move(envelope), path);
    }
    if (envelope.hasRules()) {
        return formats::looksLikeTypewriter(envelope.rules())
                   ? formats::readTypewriter(std::move(envelope), path)
                   : formats::readSegmentApi(std::move(envelope), path);
    }
    if (envelope.hasTrackingPlan()) {
        return base::failure(
            base::ErrorCode::BadInput, u"%1 has no rules."_s.arg(QFileInfo(path).fileName()),
            u"It describes the tracking plan \"%1\", but not its rules."_s.arg(envelope.name()),
            u"Save the answer of GET /tracking-plans/{id}/rules, alone or in one JSON list with this one."_s);
    }
    if (formats::looksLikeSchema(envelope.root())) {
        std::vector<formats::SchemaFile> file;
        file.push_back({QString(), envelope.takeRoot()});
        return formats::readSchemaFolder(std::move(file), path);
    }
    return noPlan(path, described(envelope.root()));
}

/// Formats that are no JSON, told by their first lines.
struct TextFormat
{
    bool (*looksLike)(const QByteArray &);
    base::Result<Document> (*read)(const QByteArray &, const QString &);
};
constexpr std::array textFormats{
    TextFormat{formats::looksLikeRudderStack, formats::readRudderStack},
    TextFormat{formats::looksLikeSegmentCsv, formats::readSegmentCsv},
    TextFormat{formats::looksLikeAvoCsv, formats::readAvoCsv},
};

base::Failure unreadable(base::ErrorCode code, const QString &path, const QString &why, const QString &fix)
{
    return base::failure(code, u"The tracking plan %1 cannot be read."_s.arg(path), why, fix);
}

base::Result<QByteArray> fileBytes(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(base::ErrorCode::Io, path, file.errorString() + u'.',
                          u"Check who may read the file."_s);
    }
    if (file.size() > maxPlanBytes) {
        return base::failure(base::ErrorCode::Limit, u"The tracking plan %1 is too large."_s.arg(path),
                             u"A plan has 256 MB at most."_s, u"Check that this is the plan."_s);
    }
    return file.readAll();
}

/// Plan files of a folder and below it, by name; hidden ones and what package managers put there are none.
base::Result<QStringList> planFiles(const QString &path)
{
    QStringList names;
    QDirIterator files(path, {u"*.json"_s, u"*.yaml"_s, u"*.yml"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    const QDir folder(path);
    while (files.hasNext()) {
        const QString name = folder.relativeFilePath(files.next());
        const QStringList parts = name.split(u'/');
        const bool isForeign = std::ranges::any_of(
            parts, [](const QString &part) { return part.startsWith(u'.') || part == u"node_modules"_s; });
        if (!isForeign) {
            names.append(name);
        }
        if (static_cast<std::size_t>(names.size()) > maxFiles) {
            return unreadable(base::ErrorCode::Limit, path, u"The folder holds more than 20,000 files."_s,
                              u"Choose the folder that holds the plan alone."_s);
        }
    }
    names.sort();
    return names;
}

base::Result<Document> readFolder(const QString &path)
{
    const auto names = planFiles(path);
    if (!names) {
        return base::Failure(names.error());
    }
    std::vector<WrittenFile> yamls;
    std::vector<formats::SchemaFile> schemas;
    std::vector<Problem> problems;
    qint64 bytes = 0;
    bool isRudder = false;
    for (const QString &name : *names) {
        const QString filePath = QDir(path).filePath(name);
        const auto read = fileBytes(filePath);
        if (!read) {
            return base::Failure(read.error());
        }
        bytes += read->size();
        if (bytes > maxPlanBytes) {
            return unreadable(base::ErrorCode::Limit, path, u"Its files hold more than 256 MB."_s,
                              u"Choose the folder that holds the plan alone."_s);
        }
        const auto text = planText(*read, filePath);
        if (!text) {
            problems.push_back({name, text.error().why + u" The file is left out."_s});
            continue;
        }
        if (!name.endsWith(u".json"_s, Qt::CaseInsensitive)) {
            isRudder = isRudder || formats::looksLikeRudderStack(*text);
            yamls.push_back({name, *text});
            continue;
        }
        auto schema = planJson(*text, filePath, problems);
        if (!schema || !(formats::looksLikeSchema(*schema) || schema->contains("definitions") ||
                         schema->contains("$defs"))) {
            problems.push_back({name, (schema ? u"It is no JSON Schema."_s : schema.error().why) +
                                          u" The file is left out."_s});
            continue;
        }
        schemas.push_back({name, std::move(*schema)});
    }
    if (isRudder) {
        return formats::readRudderStack(yamls, path);
    }
    if (schemas.empty()) {
        return base::failure(base::ErrorCode::BadInput, u"The folder %1 holds no tracking plan."_s.arg(path),
                             problems.empty()
                                 ? u"There is no JSON Schema and no RudderStack YAML in it."_s
                                 : u"%1: %2"_s.arg(problems.front().where, problems.front().message),
                             u"Choose a folder with a JSON Schema for each event, or the plan's file."_s);
    }
    auto document = formats::readSchemaFolder(std::move(schemas), path);
    if (document) {
        document->problems.insert(document->problems.begin(), problems.begin(), problems.end());
    }
    return document;
}

} // namespace

base::Result<Document> parseDocument(const QByteArray &bytes, const QString &path)
{
    const auto text = planText(bytes, path);
    if (!text) {
        return base::Failure(text.error());
    }
    const QByteArray head = text->left(64).trimmed();
    if (!head.startsWith('{') && !head.startsWith('[') && !head.startsWith('<')) {
        for (const TextFormat &format : textFormats) {
            if (format.looksLike(*text)) {
                return format.read(*text, path);
            }
        }
    }
    std::vector<Problem> problems;
    auto root = planJson(*text, path, problems);
    if (!root) {
        return base::Failure(root.error());
    }
    auto document = readJson(std::move(*root), path);
    if (document) {
        document->problems.insert(document->problems.begin(), problems.begin(), problems.end());
    }
    return document;
}

base::Result<Document> readDocument(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists()) {
        return unreadable(base::ErrorCode::NotFound, path, u"There is no such file."_s, u"Check the path."_s);
    }
    if (file.isDir()) {
        return readFolder(path);
    }
    const auto bytes = fileBytes(path);
    if (!bytes) {
        return base::Failure(bytes.error());
    }
    return parseDocument(*bytes, path);
}

} // namespace plan
