// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/inspectedevent.h"

#include <QObject>

namespace ui {

class Services;

/// Puts events on the clipboard as JSON. Their bodies lie in the store, so it asks for one after the other; a
/// newer copy replaces one under way. GUI thread.
class EventCopier final : public QObject
{
    Q_OBJECT
public:
    explicit EventCopier(Services &services, QObject *parent = nullptr);

    /// One: its JSON; several: an array of theirs. Write keys are masked.
    void copyJson(std::vector<event::EventId> ids);
    /// The request of one event, as a shell command.
    void copyCurl(event::EventId id);

    static constexpr std::size_t maxEvents = 1'000;

signals:
    void copied(const QString &what);
    void failed(const base::Error &error);

private:
    void next(quint64 generation);

    Services &m_services;
    std::vector<event::EventId> m_ids;
    QByteArrayList m_bodies;
    quint64 m_generation = 0;
};

} // namespace ui
