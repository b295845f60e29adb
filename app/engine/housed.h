// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include <QMetaObject>
#include <QString>
#include <QThread>

namespace engine {

/// An object that lives on a thread of its own with a Qt loop. Destroyed there, then the thread ends.
template <typename Object>
class Housed
{
public:
    template <typename Make>
    void start(const QString &name, Make make)
    {
        m_thread.setObjectName(name);
        m_object = make();
        m_object->moveToThread(&m_thread);
        m_thread.start();
    }

    ~Housed()
    {
        if (m_object == nullptr) {
            return;
        }
        run([this] { m_object.reset(); });
        m_thread.quit();
        m_thread.wait();
    }

    [[nodiscard]] Object *get() const { return m_object.get(); }

    /// Runs on the object's thread and waits for it.
    template <typename Function>
    void run(Function function)
    {
        QMetaObject::invokeMethod(m_object.get(), std::move(function), Qt::BlockingQueuedConnection);
    }

private:
    QThread m_thread;
    std::unique_ptr<Object> m_object;
};

} // namespace engine
