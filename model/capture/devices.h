// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include <QByteArray>
#include <QString>

namespace capture {

struct Device
{
    enum class State : std::uint8_t { Waiting, Accepted, Refused } state = State::Waiting;
    QByteArray address;
    QString name; ///< from its User-Agent ("iPhone", "Android, Pixel 7"), or the address
    std::int64_t firstUs = 0, lastUs = 0;
};

/// Which devices of the network may use the port. This machine always may. Any thread.
class Devices
{
public:
    enum class Access : std::uint8_t {
        Everyone, ///< of the network listened on
        Accepted, ///< only those the user accepted, or that came with the setup page's code
    };
    /// `changed` is called on the thread that made the change, without a lock held.
    explicit Devices(std::function<void()> changed = {});

    void setAccess(Access access);
    [[nodiscard]] Access access() const;
    void setAccepted(const std::vector<Device> &devices); ///< from the settings
    /// Notes a device that is not known, waiting.
    [[nodiscard]] bool isAccepted(const QByteArray &address, QByteArrayView agent, std::int64_t nowUs);
    /// The code in the QR code's address; right: the device is accepted at once. A new one with each start of
    /// listening on the network; compared in constant time, and after 20 wrong ones of an address no longer.
    [[nodiscard]] QByteArray pairingCode() const;
    void renewPairingCode();
    bool pair(const QByteArray &address, QByteArrayView agent, QByteArrayView code, std::int64_t nowUs);
    void accept(const QByteArray &address);
    void refuse(const QByteArray &address);
    void forget(const QByteArray &address);
    /// Waiting first, then latest first; at most 100 waiting ones are kept.
    [[nodiscard]] std::vector<Device> list() const;

private:
    void changed() const;
    /// The lock is held.
    Device *find(const QByteArray &address);
    Device &noted(const QByteArray &address, QByteArrayView agent, std::int64_t nowUs);

    std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    std::vector<Device> m_devices;
    Access m_access = Access::Accepted;
    QByteArray m_code;
    std::vector<std::pair<QByteArray, int>> m_wrongCodes;
};

/// "iPhone", "Android, Pixel 7", "Firefox on Linux", of a User-Agent; empty when it tells neither.
[[nodiscard]] QString deviceName(QByteArrayView agent);

} // namespace capture
