// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/checkloading.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

/// Of the files' bytes and of the program, whose rules may change with the next version.
QByteArray fingerprint(const QStringList &plans, const QString &conventions,
                       const std::vector<intake::SourceConfig> &sources)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(TRACKSIDE_VERSION);
    const auto addFile = [&hash](const QString &path) {
        QFile file(path);
        hash.addData(QByteArrayView("\0", 1));
        if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
            hash.addData(path.toUtf8()); // a preset's name, or none
        }
    };
    for (const QString &path : plans + QStringList{conventions}) {
        addFile(path);
    }
    for (const intake::SourceConfig &source : sources) {
        hash.addData(QByteArrayView("\1", 1));
        hash.addData(source.name.toUtf8());
        for (const QString &path : source.plans + QStringList{source.conventions}) {
            addFile(path);
        }
    }
    return hash.result().toHex();
}

base::Result<std::vector<std::shared_ptr<const plan::Plan>>> loadPlans(const QStringList &paths)
{
    std::vector<std::shared_ptr<const plan::Plan>> loaded;
    for (const QString &path : paths) {
        auto plan = plan::load(path);
        if (!plan) {
            return base::Failure(plan.error());
        }
        loaded.push_back(std::move(*plan));
    }
    return loaded;
}

base::Result<check::Conventions> loadConventions(const QString &presetOrPath)
{
    if (presetOrPath.isEmpty() || presetOrPath == u"off"_s) {
        check::Conventions none;
        none.isOn = false;
        return none;
    }
    return check::Conventions::load(presetOrPath);
}

} // namespace

QString keyHash(const QString &writeKey)
{
    if (writeKey.isEmpty()) {
        return u"none"_s;
    }
    return QString::fromLatin1(
        QCryptographicHash::hash(writeKey.toUtf8(), QCryptographicHash::Sha256).toHex().first(16));
}

base::Result<std::shared_ptr<const check::Checker>>
loadChecker(const QStringList &plans, const QString &conventions,
            const std::vector<intake::SourceConfig> &sources)
{
    auto loaded = loadPlans(plans);
    if (!loaded) {
        return base::Failure(loaded.error());
    }
    auto names = loadConventions(conventions);
    if (!names) {
        return base::Failure(names.error());
    }
    std::vector<check::SourceChecks> own;
    for (const intake::SourceConfig &source : sources) {
        if (source.plans.isEmpty() && source.conventions.isEmpty()) {
            continue;
        }
        check::SourceChecks checks;
        checks.source = source.name;
        auto ownPlans = loadPlans(source.plans);
        if (!ownPlans) {
            return base::Failure(ownPlans.error());
        }
        checks.plans = std::move(*ownPlans);
        if (!source.conventions.isEmpty()) {
            auto ownNames = loadConventions(source.conventions);
            if (!ownNames) {
                return base::Failure(ownNames.error());
            }
            checks.conventions = std::move(*ownNames);
        }
        own.push_back(std::move(checks));
    }
    return std::make_shared<const check::Checker>(std::move(*loaded), std::move(*names),
                                                  fingerprint(plans, conventions, sources), std::move(own));
}

} // namespace engine
