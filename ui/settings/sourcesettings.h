// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/sourcebook.h"
#include "ui/settings/settingsgroup.h"

namespace ui {

class SourceCard;
class SourceCatalog;
struct KnownKey;

/// The sources their user defined, and those seen that nobody has defined yet.
class SourceSettings final : public SettingsGroup
{
    Q_OBJECT
public:
    SourceSettings(Services &services, const Theme &theme, QWidget *parent);
    void reset() override;
    void refresh() override;

signals:
    void soloWanted(event::SourceId id);

private:
    void fill();
    void addCard(const intake::SourceConfig &config);
    void addSeen(const store::Source &source);
    void addNew();
    void addPreset();
    void define(event::SourceId id);
    void remove(SourceCard *card);
    void save(SourceCard *edited);
    void replaceAll(const std::vector<intake::SourceConfig> &configs);
    /// Of the cards that are filled in so far that they can be saved.
    [[nodiscard]] std::vector<intake::SourceConfig> configs() const;
    [[nodiscard]] const store::Source *seenAs(const intake::SourceConfig &config) const;
    [[nodiscard]] std::vector<KnownKey> seenKeys() const;

    SourceCatalog *m_catalog;
    UndoLine *m_undo;
    QLabel *m_empty;
    QLabel *m_seenHeading;
    QVBoxLayout *m_cardColumn;
    QVBoxLayout *m_seenColumn;
    std::vector<SourceCard *> m_cards;
    std::vector<QWidget *> m_seenRows;
    std::vector<store::Source> m_shownSeen;
    int m_row;
};

} // namespace ui
