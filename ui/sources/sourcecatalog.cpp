// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/sources/sourcecatalog.h"

#include "segment/writekeys.h"
#include "ui/captureservices.h"

#include <algorithm>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype hashDigits = 16;
constexpr int colorCount = 8;

QByteArray keyOf(const intake::SourceConfig &config)
{
    return "rule:" + config.id.toUtf8();
}

} // namespace

QString writeKeyHash(const QString &writeKey)
{
    return QString::fromLatin1(segment::keyHash(writeKey.trimmed().toStdString()));
}

QString sourceId(const QString &name, const std::vector<intake::SourceConfig> &taken)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    static const QRegularExpression ends(u"^-+|-+$"_s);
    QString plain = name.toLower().replace(other, u"-"_s).remove(ends);
    if (plain.isEmpty())
        plain = u"source"_s;
    QString id = plain;
    for (int number = 2; std::ranges::find(taken, id, &intake::SourceConfig::id) != taken.end(); ++number)
        id = plain + u'-' + QString::number(number);
    return id;
}

intake::SourceConfig definitionOf(const store::Source &source, const std::vector<intake::SourceConfig> &taken)
{
    intake::SourceConfig config;
    config.id = sourceId(source.name, taken);
    config.name = source.name;
    if (source.keyHash.size() == hashDigits) {
        config.match.keyHashes = {QString::fromLatin1(source.keyHash)};
        config.maskedKeys = {source.maskedKey};
    } else if (!source.library.isEmpty()) {
        config.match.libraries = {source.library.section(u' ', 0, 0) + u'*'};
    }
    return config;
}

SourceCatalog::SourceCatalog(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    if (const CaptureServices *capture = services.captureServices())
        connect(capture, &CaptureServices::sourcesChanged, this, &SourceCatalog::refresh);
    refresh();
}

void SourceCatalog::refresh()
{
    if (const CaptureServices *capture = m_services.captureServices())
        m_configs = capture->sources();
    emit changed();
    m_services.fetchSources(this, [this](std::vector<store::Source> sources) {
        m_seen = std::move(sources);
        emit changed();
    });
}

const store::Source *SourceCatalog::find(event::SourceId id) const
{
    const auto found = std::ranges::find(m_seen, id, &store::Source::id);
    return found == m_seen.end() ? nullptr : &*found;
}

const intake::SourceConfig *SourceCatalog::configOf(const store::Source &source) const
{
    const auto stored = std::ranges::find(m_configs, source.keyHash, keyOf);
    if (stored != m_configs.end())
        return &*stored;
    // Rows from before it was defined lie under the write key itself.
    const QString hash = QString::fromLatin1(source.keyHash);
    const auto byKey = std::ranges::find_if(m_configs, [&hash](const intake::SourceConfig &config) {
        return config.match.keyHashes.contains(hash);
    });
    return byKey == m_configs.end() ? nullptr : &*byKey;
}

const intake::SourceConfig *SourceCatalog::configOf(event::SourceId id) const
{
    const store::Source *source = find(id);
    return source == nullptr ? nullptr : configOf(*source);
}

bool SourceCatalog::isMuted(event::SourceId id) const
{
    const intake::SourceConfig *config = configOf(id);
    return config != nullptr && config->isMuted;
}

QStringList SourceCatalog::mutedNames() const
{
    QStringList names;
    for (const intake::SourceConfig &config : m_configs)
        if (config.isMuted)
            names.append(config.name);
    for (const store::Source &source : m_seen)
        if (isMuted(source.id))
            names.append(source.name);
    names.removeDuplicates();
    return names;
}

std::vector<std::uint32_t> SourceCatalog::mutedIds() const
{
    std::vector<std::uint32_t> ids;
    for (const store::Source &source : m_seen)
        if (isMuted(source.id))
            ids.push_back(event::raw(source.id));
    return ids;
}

bool SourceCatalog::isSoloed(event::SourceId id) const
{
    if (m_solo == event::SourceId{})
        return false;
    const intake::SourceConfig *config = configOf(id);
    return id == m_solo || (config != nullptr && config == configOf(m_solo));
}

QStringList SourceCatalog::soloNames() const
{
    return m_solo == event::SourceId{} ? QStringList() : namesOf(m_solo);
}

QStringList SourceCatalog::namesOf(event::SourceId id) const
{
    QStringList names;
    if (const store::Source *source = find(id))
        names.append(source->name);
    if (const intake::SourceConfig *config = configOf(id))
        names.append(config->name);
    names.removeDuplicates();
    return names;
}

QHash<quint32, Role> SourceCatalog::colors() const
{
    QHash<quint32, Role> colors;
    for (const store::Source &source : m_seen) {
        const intake::SourceConfig *config = configOf(source);
        if (config != nullptr && config->color >= 1 && config->color <= colorCount)
            colors.insert(event::raw(source.id),
                          static_cast<Role>(static_cast<int>(Role::Source1) + config->color - 1));
    }
    return colors;
}

void SourceCatalog::change(event::SourceId id, const std::function<void(intake::SourceConfig &)> &how)
{
    CaptureServices *capture = m_services.captureServices();
    const store::Source *source = find(id);
    if (capture == nullptr || source == nullptr)
        return;
    std::vector<intake::SourceConfig> configs = capture->sources();
    const intake::SourceConfig *known = configOf(*source);
    auto place = configs.end();
    if (known != nullptr)
        place = std::ranges::find(configs, known->id, &intake::SourceConfig::id);
    if (place == configs.end())
        place = configs.insert(configs.end(), definitionOf(*source, configs));
    how(*place);
    if (const auto saved = capture->setSources(configs); !saved)
        emit m_services.failed(saved.error());
}

void SourceCatalog::toggleMuted(event::SourceId id)
{
    change(id, [](intake::SourceConfig &config) { config.isMuted = !config.isMuted; });
}

void SourceCatalog::toggleSolo(event::SourceId id)
{
    m_solo = isSoloed(id) ? event::SourceId{} : id;
    emit changed();
}

void SourceCatalog::endSolo()
{
    m_solo = {};
    emit changed();
}

void SourceCatalog::rename(event::SourceId id, const QString &name)
{
    if (configOf(id) != nullptr)
        change(id, [&name](intake::SourceConfig &config) { config.name = name; });
    m_services.renameSource(id, name);
    // The store learns it later; what is shown need not wait.
    const auto found = std::ranges::find(m_seen, id, &store::Source::id);
    if (found != m_seen.end())
        found->name = name;
    emit changed();
}

void SourceCatalog::setColor(event::SourceId id, int color)
{
    change(id, [color](intake::SourceConfig &config) { config.color = color; });
}

} // namespace ui
