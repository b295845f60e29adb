// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHash>
#include <QObject>

namespace demo {

/// Plays varied, realistic traffic of the platform's sources, good and bad, through the real port: the
/// requests of browser, Node and mobile SDKs as those send them. Data in resources/demo. Lives on any
/// thread with a Qt loop; stops by itself at the end of the script.
class Player final : public QObject
{
    Q_OBJECT
public:
    explicit Player(quint16 port, QObject *parent = nullptr);
    ~Player() override;

    enum class Pace : std::uint8_t { Lifelike, AtOnce };
    void play(Pace pace);
    void stop();
    [[nodiscard]] bool isPlaying() const;

    /// Write keys of the demo's sources and their names, for the settings' source names.
    [[nodiscard]] static QHash<QString, QString> sourceNames();

signals:
    void finished(int requests);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace demo
