// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/lockfile.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

QString programName()
{
    if (QString name = QCoreApplication::applicationName(); !name.isEmpty()) {
        return name;
    }
    QFile file(u"/proc/self/comm"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(file.readAll()).trimmed() : u"a program"_s;
}

/// "trackside (pid 4711)", as the holder wrote it.
QString holder(int descriptor)
{
    std::array<char, 256> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    const QList<QByteArray> parts = QByteArray(text.data(), std::max<ssize_t>(size, 0)).trimmed().split(' ');
    if (parts.size() < 2) {
        return u"Another program"_s;
    }
    return u"%1 (pid %2)"_s.arg(QString::fromUtf8(parts.mid(1).join(' ')), QString::fromUtf8(parts.first()));
}

bool isStillThere(int descriptor, const QByteArray &path)
{
    struct stat held = {};
    struct stat named = {};
    return ::fstat(descriptor, &held) == 0 && ::stat(path.constData(), &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

base::Failure cannotMake(const QString &path, int error)
{
    const QString what = u"The lock file %1 could not be made."_s.arg(path);
    const QString why = QString::fromLocal8Bit(std::strerror(error)) + u'.';
    const QString folder = QFileInfo(path).absolutePath();
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return base::failure(
            base::ErrorCode::Permission, what, why,
            u"Give yourself the right to write the folder %1, or choose another store."_s.arg(folder));
    case ENOSPC:
    case EDQUOT:
        return base::failure(base::ErrorCode::DiskFull, what, why,
                             u"Free some space on the disk of %1."_s.arg(folder));
    default:
        return base::failure(base::ErrorCode::Io, what, why,
                             u"Check the disk of %1, or choose another store."_s.arg(folder));
    }
}

} // namespace

base::Result<LockFile> LockFile::take(const QString &storePath)
{
    const QString path = storePath + u".lock"_s;
    const QByteArray native = QFile::encodeName(path);
    LockFile lock;
    lock.m_path = path;
    // Whoever closes a store unlinks its lock file while holding it: a lock got on a file that is no longer
    // there is worth nothing, and the next try makes a new one.
    do {
        if (lock.m_descriptor >= 0) {
            ::close(lock.m_descriptor);
        }
        lock.m_descriptor = ::open(native.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock.m_descriptor < 0) {
            return cannotMake(path, errno);
        }
        if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            const QString who = holder(lock.m_descriptor);
            ::close(std::exchange(lock.m_descriptor, -1));
            if (error != EWOULDBLOCK) {
                return cannotMake(path, error);
            }
            return base::failure(base::ErrorCode::InUse, u"The store %1 is in use."_s.arg(storePath),
                                 u"%1 is writing it."_s.arg(who),
                                 u"Close that program, or choose another store."_s);
        }
    } while (!isStillThere(lock.m_descriptor, native));

    const QByteArray text =
        QByteArray::number(QCoreApplication::applicationPid()) + ' ' + programName().toUtf8() + '\n';
    if (::ftruncate(lock.m_descriptor, 0) != 0 ||
        ::pwrite(lock.m_descriptor, text.constData(), static_cast<std::size_t>(text.size()), 0) !=
            text.size()) {
        return cannotMake(path, errno);
    }
    return lock;
}

LockFile::~LockFile()
{
    if (m_descriptor >= 0) {
        ::unlink(QFile::encodeName(m_path).constData());
        ::close(m_descriptor);
    }
}

LockFile::LockFile(LockFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

LockFile &LockFile::operator=(LockFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

} // namespace store
