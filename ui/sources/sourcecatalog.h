// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/sourcebook.h"
#include "ui/services.h"
#include "ui/theme/role.h"

#include <optional>

#include <QHash>
#include <QObject>

namespace ui {

/// SourceKey::keyHash of a write key that was typed; the key itself is not kept.
[[nodiscard]] QString writeKeyHash(const QString &writeKey);
/// "Tracker UI" -> "tracker-ui", another one than those taken.
[[nodiscard]] QString sourceId(const QString &name, const std::vector<intake::SourceConfig> &taken);
/// A definition that recognises the seen source again: by its write key, else by its library. What there is
/// nothing to recognise by is left for the user to say.
[[nodiscard]] intake::SourceConfig definitionOf(const store::Source &source,
                                                const std::vector<intake::SourceConfig> &taken);

/// Every source the window knows: those the store has seen, with what their user made of them (name, colour,
/// mute), and which one is soloed. Solo is the window's own and goes with it. GUI thread.
class SourceCatalog final : public QObject
{
    Q_OBJECT
public:
    explicit SourceCatalog(Services &services, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<store::Source> &seen() const { return m_seen; }
    [[nodiscard]] const std::vector<intake::SourceConfig> &configs() const { return m_configs; }
    /// Null when it was never seen.
    [[nodiscard]] const store::Source *find(event::SourceId id) const;
    /// Null when its user has not defined it.
    [[nodiscard]] const intake::SourceConfig *configOf(const store::Source &source) const;
    [[nodiscard]] const intake::SourceConfig *configOf(event::SourceId id) const;

    [[nodiscard]] bool isMuted(event::SourceId id) const;
    /// Every name that rows of muted sources carry, without doubles.
    [[nodiscard]] QStringList mutedNames() const;
    [[nodiscard]] std::vector<std::uint32_t> mutedIds() const;
    [[nodiscard]] bool isSoloed(event::SourceId id) const;
    /// Empty: none is.
    [[nodiscard]] QStringList soloNames() const;
    /// The colours chosen, for the theme.
    [[nodiscard]] QHash<quint32, Role> colors() const;

    // What the user does. A source that is not defined yet becomes so where it has to be.
    void toggleMuted(event::SourceId id);
    void toggleSolo(event::SourceId id);
    void endSolo();
    void rename(event::SourceId id, const QString &name);
    void setColor(event::SourceId id, int color); ///< 1-8; 0: by its order
    /// Reads the store's sources again.
    void refresh();

signals:
    void changed();

private:
    [[nodiscard]] QStringList namesOf(event::SourceId id) const;
    /// Changes the definition of a source, which is made when there is none.
    void change(event::SourceId id, const std::function<void(intake::SourceConfig &)> &how);

    Services &m_services;
    std::vector<store::Source> m_seen;
    std::vector<intake::SourceConfig> m_configs;
    event::SourceId m_solo{};
};

} // namespace ui
