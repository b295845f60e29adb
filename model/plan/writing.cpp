// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/document.h"

#include "plan/formats/avocsv.h"
#include "plan/formats/avojson.h"
#include "plan/formats/carried.h"
#include "plan/formats/configapi.h"
#include "plan/formats/roundtriplosses.h"
#include "plan/formats/rudderstack.h"
#include "plan/formats/schemafolder.h"
#include "plan/formats/segmentapi.h"
#include "plan/formats/segmentcsv.h"
#include "plan/formats/typewriter.h"

#include <algorithm>
#include <array>

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

struct Writer
{
    Format format;
    base::Result<std::vector<WrittenFile>> (*write)(const Document &);
    std::vector<Loss> (*losses)(const Document &);          ///< null: told by reading again
    std::vector<bool> (*holds)(const Document &) = nullptr; ///< null: every rule
};

constexpr std::array writers{
    Writer{Format::SegmentApi, formats::writeSegmentApi, nullptr},
    Writer{Format::SegmentCsv, formats::writeSegmentCsv, formats::segmentCsvLosses},
    Writer{Format::ConfigApi, formats::writeConfigApi, nullptr, formats::configApiHolds},
    Writer{Format::Typewriter, formats::writeTypewriter, nullptr},
    Writer{Format::RudderStack, formats::writeRudderStack, formats::rudderStackLosses},
    Writer{Format::RudderLegacy, formats::writeRudderLegacy, formats::rudderLegacyLosses},
    Writer{Format::AvoJson, formats::writeAvoJson, nullptr, formats::avoJsonHolds},
    Writer{Format::AvoCsv, formats::writeAvoCsv, formats::avoCsvLosses},
    Writer{Format::SchemaFolder, formats::writeSchemaFolder, nullptr, formats::schemaFolderHolds},
};

const Writer &writerOf(Format format)
{
    return *std::ranges::find(writers, format, &Writer::format);
}

base::Result<Document> readAgain(const std::vector<WrittenFile> &files, Format format, const QString &path)
{
    if (format != Format::SchemaFolder || (files.size() == 1 && files.front().name.isEmpty())) {
        return parseDocument(files.front().bytes, path);
    }
    std::vector<formats::SchemaFile> schemas;
    for (const WrittenFile &file : files) {
        schemas.push_back({file.name, Json::parse(file.bytes.begin(), file.bytes.end(), nullptr, false)});
    }
    return formats::readSchemaFolder(std::move(schemas), path);
}

base::Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return base::failure(base::ErrorCode::Io, u"The tracking plan %1 cannot be saved."_s.arg(path),
                             file.errorString() + u'.',
                             u"Free some space, or save it in a folder that is writable."_s);
    }
    return {};
}

base::Result<void> writeFolder(const std::vector<WrittenFile> &files, const QString &path)
{
    if (QFileInfo(path).isFile()) {
        return base::failure(base::ErrorCode::BadInput, u"The tracking plan %1 cannot be saved."_s.arg(path),
                             u"It becomes %1 files, but there is one file of that name."_s.arg(files.size()),
                             u"Name a folder."_s);
    }
    const QDir folder(path);
    for (const WrittenFile &file : files) {
        const QString target = folder.filePath(file.name);
        const QString parent = QFileInfo(target).path();
        if (!QDir().mkpath(parent)) {
            return base::failure(base::ErrorCode::Io, u"The folder %1 cannot be made."_s.arg(parent), {},
                                 u"Choose a place that is writable."_s);
        }
        if (auto done = writeFile(target, file.bytes); !done) {
            return done;
        }
    }
    return {};
}

/// Files of events that are in the plan no more.
void removeLeft(const Document &document, const std::vector<WrittenFile> &files, const QString &path)
{
    const QString before = QFileInfo(document.path).canonicalFilePath();
    if (before.isEmpty() || before != QFileInfo(path).canonicalFilePath()) {
        return;
    }
    for (const QString &name : formats::schemaFileNames(document)) {
        if (std::ranges::find(files, name, &WrittenFile::name) == files.end()) {
            QFile::remove(QDir(path).filePath(name));
        }
    }
}

} // namespace

std::vector<Loss> lossesOf(const Document &document, Format format)
{
    const Writer &writer = writerOf(format);
    Document held = formats::asFormat(document, format);
    std::vector<Loss> losses = formats::extraLosses(document, format);
    const auto add = [&losses](std::vector<Loss> more) {
        losses.insert(losses.end(), std::make_move_iterator(more.begin()),
                      std::make_move_iterator(more.end()));
    };
    if (writer.losses != nullptr) {
        add(writer.losses(held));
        return losses;
    }
    if (writer.holds != nullptr) {
        const std::vector<bool> holds = writer.holds(held);
        std::vector<RulePointer> kept;
        for (std::size_t number = 0; number < holds.size(); ++number) {
            if (holds[number]) {
                kept.push_back(held.rules[number]);
            } else {
                losses.push_back({titleOf(*held.rules[number]), u"The rule is left out."_s});
            }
        }
        held.rules = std::move(kept);
    }
    const auto files = writer.write(held);
    if (!files || files->empty()) {
        return losses;
    }
    if (const auto again = readAgain(*files, format, held.path)) {
        add(formats::roundTripLosses(held, *again));
    }
    return losses;
}

base::Result<std::vector<WrittenFile>> written(const Document &document, Format format)
{
    return writerOf(format).write(formats::asFormat(document, format));
}

base::Result<void> writeDocument(const Document &document, Format format, const QString &path)
{
    auto files = written(document, format);
    if (!files) {
        return base::Failure(files.error());
    }
    const bool isOneFile = files->size() == 1 && files->front().name.isEmpty();
    if (isOneFile && !QFileInfo(path).isDir()) {
        return writeFile(path, files->front().bytes);
    }
    if (isOneFile) {
        return base::failure(base::ErrorCode::BadInput, u"The tracking plan %1 cannot be saved."_s.arg(path),
                             u"There is a folder of that name."_s, u"Name a file."_s);
    }
    if (auto done = writeFolder(*files, path); !done) {
        return done;
    }
    if (document.format == Format::SchemaFolder && format == Format::SchemaFolder) {
        removeLeft(document, *files, path);
    }
    return {};
}

} // namespace plan
