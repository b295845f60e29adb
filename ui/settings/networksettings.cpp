// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/networksettings.h"

#include "ui/captureservices.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"

#include <utility>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Access = capture::Devices::Access;

namespace ui {

namespace {

QString stateText(capture::Device::State state)
{
    switch (state) {
    case capture::Device::State::Waiting:
        return NetworkSettings::tr("waits");
    case capture::Device::State::Accepted:
        return NetworkSettings::tr("accepted");
    case capture::Device::State::Refused:
        return NetworkSettings::tr("refused");
    }
    return {};
}

} // namespace

NetworkSettings::NetworkSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Network"), parent)
    , m_access(new QComboBox)
{
    auto *network = new QWidget;
    auto *line = new QHBoxLayout(network);
    line->setContentsMargins(0, 0, 0, 0);
    m_state = new QLabel(network);
    m_state->setObjectName(u"networkState"_s);
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_state, theme, FontRole::Body, Role::Text);
    m_leave = new QPushButton(tr("Stop listening"), network);
    m_leave->setObjectName(u"leaveNetwork"_s);
    m_leave->setAutoDefault(false);
    line->addWidget(m_state, 1);
    line->addWidget(m_leave);
    addWide(network, tr("Local network listening phone"));

    m_access->setObjectName(u"deviceAccess"_s);
    m_access->addItem(tr("Only devices I accepted"), static_cast<int>(Access::Accepted));
    m_access->addItem(tr("Every device of the network"), static_cast<int>(Access::Everyone));
    addRow(
        tr("Who may send"),
        tr("A device that came with the QR code’s address is accepted by it; any other is asked for once."),
        m_access);

    auto *box = new QWidget;
    m_devices = new QVBoxLayout(box);
    m_devices->setContentsMargins(0, 0, 0, 0);
    m_devices->setSpacing(space::xs);
    auto *heading = new QLabel(tr("Devices"), box);
    dress(*heading, theme, FontRole::Body, Role::Text);
    m_none = new QLabel(tr("No device has come yet. Setup has the QR code that lets a phone in."), box);
    m_none->setWordWrap(true);
    dress(*m_none, theme, FontRole::Meta, Role::TextSecondary);
    m_devices->addWidget(heading);
    m_devices->addWidget(m_none);
    addWide(box, tr("Devices phones accept refuse forget"));

    connect(m_access, &QComboBox::activated, this, [this] {
        if (CaptureServices *capture = m_services.captureServices())
            capture->setDeviceAccess(static_cast<Access>(m_access->currentData().toInt()));
    });
    connect(m_leave, &QPushButton::clicked, this, [this] {
        if (CaptureServices *capture = m_services.captureServices())
            capture->leaveNetwork();
    });
    if (const CaptureServices *capture = services.captureServices()) {
        connect(capture, &CaptureServices::devicesChanged, this, &NetworkSettings::refresh);
        connect(capture, &CaptureServices::networkChanged, this, &NetworkSettings::showState);
    }
    NetworkSettings::refresh();
}

void NetworkSettings::refresh()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    m_access->setCurrentIndex(m_access->findData(static_cast<int>(capture->deviceAccess())));
    for (QWidget *row : std::exchange(m_rows, {}))
        row->deleteLater();
    for (const capture::Device &device : capture->devices())
        addDevice(device);
    m_none->setVisible(m_rows.empty());
    showState();
}

void NetworkSettings::showState()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    const CaptureServices::NetworkState state = capture->networkState();
    m_state->setText(state.isOn
                         ? tr("Listening on the local network at %1:%2, until Trackside ends.")
                               .arg(state.address.toString())
                               .arg(state.port)
                         : tr("Only this machine reaches the port. Setup, “Use a phone”, opens it to the "
                              "local network."));
    m_leave->setVisible(state.isOn);
}

void NetworkSettings::addDevice(const capture::Device &device)
{
    auto *box = new QWidget(this);
    box->setObjectName(u"device"_s);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    const QString address = QString::fromLatin1(device.address);
    const QString name = device.name.isEmpty() ? address : device.name;
    auto *text = new ElidedLabel(m_theme, FontRole::Body, Role::Text, Qt::ElideRight, box);
    text->setFullText(name == address ? name : u"%1  ·  %2"_s.arg(name, address));
    auto *about = new QLabel(box);
    about->setText(u"%1  ·  %2"_s.arg(stateText(device.state), ageText(device.lastUs, nowUs())));
    dress(*about, m_theme, FontRole::Meta,
          device.state == capture::Device::State::Waiting ? Role::Unplanned : Role::TextSecondary);
    row->addWidget(text, 1);
    row->addWidget(about);
    const auto offer = [&](const QString &label, const QString &spoken, const QString &objectName, auto run) {
        auto *button = new QPushButton(label, box);
        button->setObjectName(objectName);
        button->setAutoDefault(false);
        button->setAccessibleName(spoken.arg(name));
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, run, key = device.address] {
            if (CaptureServices *capture = m_services.captureServices())
                (capture->*run)(key);
        });
    };
    if (device.state != capture::Device::State::Accepted)
        offer(tr("Accept"), tr("Accept %1"), u"acceptDevice"_s, &CaptureServices::acceptDevice);
    if (device.state != capture::Device::State::Refused)
        offer(tr("Refuse"), tr("Refuse %1"), u"refuseDevice"_s, &CaptureServices::refuseDevice);
    offer(tr("Forget"), tr("Forget %1"), u"forgetDevice"_s, &CaptureServices::forgetDevice);
    m_devices->addWidget(box);
    m_rows.push_back(box);
}

void NetworkSettings::reset()
{
    if (CaptureServices *capture = m_services.captureServices())
        capture->setDeviceAccess(Access::Accepted);
}

} // namespace ui
