// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planfile.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

/// A folder chosen by mistake (a home) must not be walked without end.
constexpr qsizetype maxFolderFiles = 10'000;

/// The one file, or those of a plan in the folder, in the same order each time.
QStringList filesOf(const QString &path)
{
    if (!QFileInfo(path).isDir()) {
        return {path};
    }
    QStringList files;
    QDirIterator it(path, {u"*.json"_s, u"*.yaml"_s, u"*.yml"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext() && files.size() < maxFolderFiles) {
        files.append(it.next());
    }
    files.sort();
    return files;
}

QByteArray numberBytes(qint64 number)
{
    return QByteArray::number(number) + ' ';
}

} // namespace

QByteArray planStamp(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        return {};
    }
    QByteArray stamp("at ");
    for (const QString &name : filesOf(path)) {
        const QFileInfo info(name);
        // The change of the inode, too: an editor that renames a file into its place may keep the time.
        stamp += numberBytes(info.size()) + numberBytes(info.lastModified().toMSecsSinceEpoch()) +
                 numberBytes(info.metadataChangeTime().toMSecsSinceEpoch()) + name.toUtf8() + '\n';
    }
    return stamp;
}

QByteArray settledPlanStamp(const QString &path, const QByteArray &stamp)
{
    constexpr qint64 youngMs = 100;
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    for (const QString &name : filesOf(path)) {
        const QFileInfo info(name);
        const qint64 changedMs =
            std::max(info.lastModified().toMSecsSinceEpoch(), info.metadataChangeTime().toMSecsSinceEpoch());
        if (nowMs - changedMs < youngMs) {
            return {};
        }
    }
    return stamp;
}

QByteArray planDigest(const QString &path)
{
    if (path.isEmpty()) {
        return {};
    }
    const QStringList files = filesOf(path);
    const bool isFolder = files.size() != 1 || files.front() != path;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &name : files) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        if (isFolder) {
            hash.addData(name.toUtf8());
            hash.addData(QByteArrayView("\0", 1));
        }
        if (!hash.addData(&file)) {
            return {};
        }
    }
    return hash.result();
}

QByteArray planDigestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QString planPlace(const QString &path)
{
    const QFileInfo info(path);
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? QDir::cleanPath(info.absoluteFilePath()) : canonical;
}

} // namespace engine
