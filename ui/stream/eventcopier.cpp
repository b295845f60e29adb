// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/eventcopier.h"

#include "ui/inspector/requesttext.h"
#include "ui/services.h"

#include <QClipboard>
#include <QGuiApplication>

namespace ui {

EventCopier::EventCopier(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

void EventCopier::copyJson(std::vector<event::EventId> ids)
{
    m_ids = std::move(ids);
    m_ids.resize(std::min(m_ids.size(), maxEvents));
    m_bodies.clear();
    next(++m_generation);
}

void EventCopier::next(quint64 generation)
{
    const auto done = static_cast<std::size_t>(m_bodies.size());
    if (done < m_ids.size()) {
        m_services.fetchDetail(m_ids[done], this,
                               [this, generation](base::Result<store::EventDetail> detail) {
                                   if (generation != m_generation) {
                                       return;
                                   }
                                   if (!detail) {
                                       emit failed(detail.error());
                                       return;
                                   }
                                   m_bodies += withMaskedWriteKeys(detail->event.body);
                                   // Queued, so that a thousand answers that come at once do not nest.
                                   QMetaObject::invokeMethod(
                                       this,
                                       [this, generation] {
                                           if (generation == m_generation) {
                                               next(generation);
                                           }
                                       },
                                       Qt::QueuedConnection);
                               });
        return;
    }
    if (m_bodies.isEmpty()) {
        return;
    }
    const QByteArray text = m_bodies.size() == 1 ? m_bodies.first() : "[\n" + m_bodies.join(",\n") + "\n]\n";
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    emit copied(m_bodies.size() == 1
                    ? tr("Copied as JSON")
                    : tr("%Ln event(s) copied as JSON", nullptr, static_cast<int>(m_bodies.size())));
    m_bodies.clear();
}

void EventCopier::copyCurl(event::EventId id)
{
    const quint64 generation = ++m_generation;
    m_services.fetchDetail(id, this, [this, generation](base::Result<store::EventDetail> detail) {
        if (generation != m_generation) {
            return;
        }
        if (!detail) {
            emit failed(detail.error());
            return;
        }
        QGuiApplication::clipboard()->setText(curlCommand(*detail));
        emit copied(detail->batchCount > 1 ? tr("Copied as cURL, with all %Ln event(s) of the batch", nullptr,
                                                static_cast<int>(detail->batchCount))
                                           : tr("Copied as cURL; set $WRITE_KEY before you run it"));
    });
}

} // namespace ui
