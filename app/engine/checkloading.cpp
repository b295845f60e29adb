// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/checkloading.h"

#include "app/engine/planfile.h"

#include <QCryptographicHash>
#include <QHash>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

/// Plans by their place: those that are open as they are, others from their files.
class Plans
{
public:
    explicit Plans(const std::vector<OpenPlan> &open)
    {
        for (const OpenPlan &one : open) {
            m_open.insert(planPlace(one.path), &one);
        }
    }

    [[nodiscard]] base::Result<std::vector<std::shared_ptr<const plan::Plan>>>
    load(const QStringList &paths) const
    {
        std::vector<std::shared_ptr<const plan::Plan>> loaded;
        for (const QString &path : paths) {
            if (const OpenPlan *open = find(path)) {
                loaded.push_back(open->plan);
                continue;
            }
            auto plan = plan::load(path);
            if (!plan) {
                return base::Failure(plan.error());
            }
            loaded.push_back(std::move(*plan));
        }
        return loaded;
    }

    [[nodiscard]] QByteArray digest(const QString &path) const
    {
        const OpenPlan *open = find(path);
        return open != nullptr ? open->digest : planDigest(path);
    }

private:
    [[nodiscard]] const OpenPlan *find(const QString &path) const { return m_open.value(planPlace(path)); }

    QHash<QString, const OpenPlan *> m_open;
};

/// Of what the files hold and of the program, whose rules may change with the next version.
QByteArray fingerprint(const Plans &known, const QStringList &plans, const QString &conventions,
                       const std::vector<intake::SourceConfig> &sources)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(TRACKSIDE_VERSION);
    const auto add = [&hash](const QString &path, const QByteArray &digest) {
        hash.addData(QByteArrayView("\0", 1));
        hash.addData(digest.isEmpty() ? path.toUtf8() : digest); // a preset's name, or none
    };
    const auto addAll = [&](const QStringList &planPaths, const QString &conventionsPath) {
        for (const QString &path : planPaths) {
            add(path, known.digest(path));
        }
        add(conventionsPath, planDigest(conventionsPath));
    };
    addAll(plans, conventions);
    for (const intake::SourceConfig &source : sources) {
        hash.addData(QByteArrayView("\1", 1));
        hash.addData(source.name.toUtf8());
        addAll(source.plans, source.conventions);
    }
    return hash.result().toHex();
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
            const std::vector<intake::SourceConfig> &sources, const std::vector<OpenPlan> &open)
{
    const Plans known(open);
    auto loaded = known.load(plans);
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
        auto ownPlans = known.load(source.plans);
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
                                                  fingerprint(known, plans, conventions, sources),
                                                  std::move(own));
}

} // namespace engine
