// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/devices.h"

#include "base/constanttime.h"
#include "capture/useragent.h"

#include <algorithm>

#include <QRandomGenerator>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t maxWaiting = 100;
constexpr std::size_t maxGuessers = 500;
constexpr int maxWrongCodes = 20;
constexpr qsizetype codeLetters = 16; // 80 bits

QByteArray newCode()
{
    // Neither of two that look alike: people type it from a screen now and then.
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789A";
    static_assert(letters.size() == 32);
    QByteArray code;
    for (qsizetype i = 0; i < codeLetters; ++i) {
        code += letters[QRandomGenerator::system()->bounded(static_cast<quint32>(letters.size()))];
    }
    return code;
}

bool isBefore(const Device &one, const Device &two)
{
    const bool isOneWaiting = one.state == Device::State::Waiting;
    const bool isTwoWaiting = two.state == Device::State::Waiting;
    return isOneWaiting != isTwoWaiting ? isOneWaiting : one.lastUs > two.lastUs;
}

} // namespace

Devices::Devices(std::function<void()> changed)
    : m_changed(std::move(changed))
    , m_code(newCode())
{
}

void Devices::changed() const
{
    if (m_changed) {
        m_changed();
    }
}

Device *Devices::find(const QByteArray &address)
{
    const auto found = std::find_if(m_devices.begin(), m_devices.end(),
                                    [&address](const Device &each) { return each.address == address; });
    return found == m_devices.end() ? nullptr : &*found;
}

Device &Devices::noted(const QByteArray &address, QByteArrayView agent, std::int64_t nowUs)
{
    Device *device = find(address);
    if (device == nullptr) {
        const auto isWaiting = [](const Device &each) { return each.state == Device::State::Waiting; };
        const auto waiting = std::count_if(m_devices.begin(), m_devices.end(), isWaiting);
        if (static_cast<std::size_t>(waiting) >= maxWaiting) {
            // They stand in the order they came.
            m_devices.erase(std::find_if(m_devices.begin(), m_devices.end(), isWaiting));
        }
        device = &m_devices.emplace_back();
        device->address = address;
        device->firstUs = nowUs;
    }
    device->lastUs = nowUs;
    if (device->name.isEmpty() || device->name == QString::fromLatin1(address)) {
        const QString name = deviceName(agent);
        device->name = name.isEmpty() ? QString::fromLatin1(address) : name;
    }
    return *device;
}

void Devices::setAccess(Access access)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_access == access) {
            return;
        }
        m_access = access;
    }
    changed();
}

Devices::Access Devices::access() const
{
    const std::lock_guard lock(m_mutex);
    return m_access;
}

void Devices::setAccepted(const std::vector<Device> &devices)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const Device &each : devices) {
            if (Device *const known = find(each.address)) {
                known->state = Device::State::Accepted;
            } else {
                m_devices.push_back(each);
                m_devices.back().state = Device::State::Accepted;
            }
        }
    }
    changed();
}

bool Devices::isAccepted(const QByteArray &address, QByteArrayView agent, std::int64_t nowUs)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_access == Access::Everyone) {
            return true;
        }
        if (Device *const known = find(address)) {
            const QString before = known->name;
            const bool isAccepted = noted(address, agent, nowUs).state == Device::State::Accepted;
            if (known->name == before) {
                return isAccepted;
            }
        } else {
            (void)noted(address, agent, nowUs);
        }
    }
    changed();
    const std::lock_guard lock(m_mutex);
    const Device *const known = find(address);
    return known != nullptr && known->state == Device::State::Accepted;
}

QByteArray Devices::pairingCode() const
{
    const std::lock_guard lock(m_mutex);
    return m_code;
}

void Devices::renewPairingCode()
{
    {
        const std::lock_guard lock(m_mutex);
        m_code = newCode();
        m_wrongCodes.clear();
    }
    changed();
}

bool Devices::pair(const QByteArray &address, QByteArrayView agent, QByteArrayView code, std::int64_t nowUs)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto guesser = std::find_if(m_wrongCodes.begin(), m_wrongCodes.end(),
                                          [&address](const auto &each) { return each.first == address; });
        if (guesser != m_wrongCodes.end() && guesser->second >= maxWrongCodes) {
            return false;
        }
        if (!base::isSameSecret(code, m_code)) {
            if (guesser != m_wrongCodes.end()) {
                ++guesser->second;
            } else {
                if (m_wrongCodes.size() >= maxGuessers) {
                    m_wrongCodes.erase(m_wrongCodes.begin());
                }
                m_wrongCodes.emplace_back(address, 1);
            }
            return false;
        }
        Device &device = noted(address, agent, nowUs);
        if (device.state == Device::State::Accepted) {
            return true;
        }
        device.state = Device::State::Accepted;
    }
    changed();
    return true;
}

void Devices::accept(const QByteArray &address)
{
    {
        const std::lock_guard lock(m_mutex);
        Device *const device = find(address);
        if (device == nullptr || device->state == Device::State::Accepted) {
            return;
        }
        device->state = Device::State::Accepted;
    }
    changed();
}

void Devices::refuse(const QByteArray &address)
{
    {
        const std::lock_guard lock(m_mutex);
        Device *const device = find(address);
        if (device == nullptr || device->state == Device::State::Refused) {
            return;
        }
        device->state = Device::State::Refused;
    }
    changed();
}

void Devices::forget(const QByteArray &address)
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::erase_if(m_devices, [&address](const Device &each) { return each.address == address; }) ==
            0) {
            return;
        }
    }
    changed();
}

std::vector<Device> Devices::list() const
{
    std::vector<Device> devices;
    {
        const std::lock_guard lock(m_mutex);
        devices = m_devices;
    }
    std::stable_sort(devices.begin(), devices.end(), isBefore);
    return devices;
}

QString deviceName(QByteArrayView agent)
{
    const UserAgent read = readUserAgent(agent);
    const bool isHandheld = read.system.startsWith(u'i') || read.system.startsWith(u"Android"_s);
    if (isHandheld) {
        return read.system;
    }
    return read.isBrowser() && !read.system.isEmpty() ? read.program + u" on "_s + read.system : QString();
}

} // namespace capture
