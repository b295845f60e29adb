// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/phonepage.h"

#include "ui/setup/card.h"
#include "ui/setup/copyline.h"
#include "ui/setup/devicelist.h"
#include "ui/setup/guide.h"
#include "ui/widgets/qrcode.h"

#include <algorithm>

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString kindText(capture::Interface::Kind kind)
{
    switch (kind) {
    case capture::Interface::Kind::Ethernet:
        return PhonePage::tr("Cable");
    case capture::Interface::Kind::Wifi:
        return PhonePage::tr("Wi-Fi");
    case capture::Interface::Kind::Virtual:
        return PhonePage::tr("Virtual: a bridge, a container or a VPN");
    case capture::Interface::Kind::Other:
        return PhonePage::tr("Network");
    }
    return {};
}

bool isSame(const std::vector<capture::Interface> &left, const std::vector<capture::Interface> &right)
{
    return std::ranges::equal(left, right, [](const capture::Interface &a, const capture::Interface &b) {
        return a.name == b.name && a.address == b.address && a.kind == b.kind;
    });
}

} // namespace

PhonePage::PhonePage(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_capture(capture)
    , m_theme(theme)
    , m_guide(new Guide(theme, this))
    , m_chosen(new QButtonGroup(this))
{
    setObjectName(u"phonePage"_s);
    setAccessibleName(tr("Use a phone"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_guide);

    auto *heading = new QVBoxLayout;
    heading->setSpacing(space::xs);
    heading->addWidget(paragraph(theme, FontRole::Title, Role::Text, tr("Use a phone"), m_guide->sheet()));
    heading->addWidget(
        paragraph(theme, FontRole::Body, Role::TextSecondary,
                  tr("A phone or tablet in the same network sends its Segment calls here, with no change to "
                     "the app’s code. It takes about a minute."),
                  m_guide->sheet()));
    m_guide->column().addLayout(heading);
    buildListening(m_guide->addStep(1, tr("Listen on the local network")));
    buildScanning(m_guide->addStep(2, tr("Scan the code with the phone’s camera")));
    GuideStep &follow = m_guide->addStep(3, tr("Follow the page that opens on the phone"));
    m_proxy = &follow.addText({});
    GuideStep &start = m_guide->addStep(4, tr("Start the app on the phone"));
    start.addText(tr("Its events come into the stream within seconds. When nothing comes, the doctor says "
                     "why: an app may not trust certificates its user installed, or pin its own."));
    auto *doctor = new QPushButton(tr("Open the doctor"), this);
    doctor->setObjectName(u"openDoctor"_s);
    connect(doctor, &QPushButton::clicked, this, &PhonePage::doctorWanted);
    start.body().addWidget(doctor, 0, Qt::AlignLeft);
    buildDevices(m_guide->addStep(0, tr("Who may send here")));
    GuideStep &back = m_guide->addStep(0, tr("When you are done"));
    back.addText(tr("On the phone, set the Wi-Fi proxy back to Off and remove the certificate. iPhone: "
                    "Settings, General, VPN & Device Management, Trackside, Remove Profile. Android: "
                    "Settings, search for “User credentials”, Trackside, Remove. While the proxy stays set, "
                    "the phone has no internet without Trackside."));

    const auto refreshSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&capture, &CaptureServices::networkChanged, this, refreshSeen);
    connect(&capture, &CaptureServices::devicesChanged, this, refreshSeen);
    refresh();
}

void PhonePage::buildListening(GuideStep &step)
{
    m_warning = new Advice(m_theme, {Role::Unplanned, Role::UnplannedSoft, Icon::Warning}, &step);
    m_warning->setTexts(
        tr("Others in the network will be able to reach this machine."),
        tr("Trackside opens its port to the network you choose, also as a proxy to the internet: for the "
           "devices you accept, or for everyone if you say so below. Traffic to the port may cross the "
           "network unencrypted. Do it in a network you trust, not in a café. It is off again when "
           "Trackside ends."));
    m_none = new Advice(m_theme, {Role::Lint, Role::LintSoft, Icon::Note}, &step);
    m_none->setObjectName(u"noNetwork"_s);
    m_none->setTexts(
        tr("This machine is in no network."),
        tr("Connect it to the network the phone is in: the same Wi-Fi, a cable to the same router, or the "
           "phone’s own hotspot. Then look again."),
        tr("Look again"));
    connect(m_none, &Advice::activated, this, &PhonePage::refresh);
    m_which = &step.addText(tr("Which network is the phone in?"));
    m_interfaces = new QVBoxLayout;
    m_interfaces->setSpacing(space::s);
    m_listen = new QPushButton(&step);
    m_listen->setObjectName(u"listenOnNetwork"_s);
    setButtonKind(*m_listen, ButtonKind::Accent);
    m_listening = new Advice(m_theme, {Role::Valid, Role::ValidSoft, Icon::Valid}, &step);
    m_listening->setObjectName(u"listening"_s);
    m_listening->button().setObjectName(u"leaveNetwork"_s);
    step.body().insertWidget(1, m_warning);
    step.body().insertWidget(2, m_none);
    step.body().addLayout(m_interfaces);
    step.body().addWidget(m_listen, 0, Qt::AlignLeft);
    step.body().addWidget(m_listening);
    connect(m_listen, &QPushButton::clicked, this, &PhonePage::listen);
    connect(m_listening, &Advice::activated, &m_capture, &CaptureServices::leaveNetwork);
    connect(m_chosen, &QButtonGroup::idToggled, this, &PhonePage::refreshNetwork);
}

void PhonePage::buildScanning(GuideStep &step)
{
    m_noCode = &step.addText(tr("The code appears here once Trackside listens on the network."));
    m_scan = new QWidget(&step);
    m_code = new QrCode(m_theme, m_scan);
    m_address = new CopyLine(m_theme, tr("address of the setup page"), m_scan);
    m_address->setObjectName(u"setupAddress"_s);
    connect(m_address, &CopyLine::copied, this, [this] { emit said(tr("Copied")); });
    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::s);
    texts->addWidget(paragraph(m_theme, FontRole::Body, Role::TextSecondary,
                               tr("The phone must be in the same network. No camera? Type this into its "
                                  "browser:"),
                               m_scan));
    texts->addWidget(m_address);
    texts->addWidget(paragraph(m_theme, FontRole::Body, Role::TextSecondary,
                               tr("Whoever has this code is accepted at once. Each start of listening makes "
                                  "a new one."),
                               m_scan));
    texts->addStretch(1);
    auto *row = new QHBoxLayout(m_scan);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::l);
    row->addWidget(m_code, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    step.body().addWidget(m_scan);
}

void PhonePage::buildDevices(GuideStep &step)
{
    m_accepted = new QRadioButton(tr("Only devices I accept"), &step);
    m_accepted->setObjectName(u"accessAccepted"_s);
    m_everyone = new QRadioButton(tr("Everyone on this network"), &step);
    m_everyone->setObjectName(u"accessEveryone"_s);
    m_devices = new DeviceList(m_capture, m_theme, &step);
    step.body().addWidget(m_accepted);
    step.body().addWidget(m_everyone);
    step.body().addSpacing(space::s);
    step.body().addWidget(m_devices);
    connect(m_accepted, &QRadioButton::clicked, this,
            [this] { m_capture.setDeviceAccess(capture::Devices::Access::Accepted); });
    connect(m_everyone, &QRadioButton::clicked, this,
            [this] { m_capture.setDeviceAccess(capture::Devices::Access::Everyone); });
}

void PhonePage::focusFirst()
{
    if (m_listen->isVisibleTo(this) && m_listen->isEnabled())
        m_listen->setFocus();
    else if (m_none->isVisibleTo(this))
        m_none->button().setFocus();
    else
        m_listening->button().setFocus();
}

void PhonePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void PhonePage::refresh()
{
    refreshInterfaces();
    refreshNetwork();
    refreshAccess();
    m_devices->refresh();
}

void PhonePage::refreshInterfaces()
{
    const std::vector<capture::Interface> interfaces = m_capture.networkInterfaces();
    if (isSame(interfaces, m_shown))
        return;
    QHostAddress before;
    if (const int id = m_chosen->checkedId(); id >= 0)
        before = m_shown[static_cast<std::size_t>(id)].address;
    for (QAbstractButton *button : m_chosen->buttons()) {
        m_chosen->removeButton(button);
        button->hide();
        button->deleteLater();
    }
    m_shown = interfaces;
    int chosen = 0;
    for (std::size_t index = 0; index < m_shown.size(); ++index) {
        const capture::Interface &one = m_shown[index];
        auto *button = new QRadioButton(
            tr("%1 (%2, %3)").arg(one.address.toString(), kindText(one.kind), one.name), m_guide->sheet());
        button->setObjectName(u"interface"_s);
        m_interfaces->addWidget(button);
        m_chosen->addButton(button, static_cast<int>(index));
        if (one.address == before)
            chosen = static_cast<int>(index);
    }
    if (QAbstractButton *button = m_chosen->button(chosen); button != nullptr)
        button->setChecked(true);
}

void PhonePage::refreshNetwork()
{
    const CaptureServices::NetworkState state = m_capture.networkState();
    const bool hasNetwork = !m_shown.empty();
    m_warning->setVisible(!state.isOn && hasNetwork);
    m_none->setVisible(!state.isOn && !hasNetwork);
    m_which->setVisible(!state.isOn && hasNetwork);
    for (QAbstractButton *button : m_chosen->buttons())
        button->setVisible(!state.isOn);
    m_listen->setVisible(!state.isOn && hasNetwork);
    if (const int id = m_chosen->checkedId(); id >= 0)
        m_listen->setText(tr("Listen on %1").arg(m_shown[static_cast<std::size_t>(id)].address.toString()));
    const QString host = state.address.toString();
    m_listening->setVisible(state.isOn);
    m_listening->setTexts(
        tr("Listening on %1, port %2.").arg(host).arg(state.port),
        tr("Beside this machine itself, devices of that network reach it, until Trackside ends."),
        tr("Stop listening"));
    m_scan->setVisible(state.isOn);
    m_noCode->setVisible(!state.isOn);
    m_code->setText(state.isOn ? state.setupPage.toString(QUrl::FullyEncoded) : QString());
    m_address->setCode(state.setupPage.toString(QUrl::FullyEncoded), {});
    m_proxy->setText(
        state.isOn ? tr("It leads you through three things: set the Wi-Fi proxy to %1, port %2; install "
                        "the certificate; and on an iPhone, switch it on under General, About, "
                        "Certificate Trust Settings. Its test button says “captured”, or what is "
                        "missing.")
                         .arg(host)
                         .arg(state.port)
                   : tr("It shows the steps for that very device: the Wi-Fi proxy, the certificate, "
                        "and a test button that says “captured”, or what is missing."));
}

void PhonePage::refreshAccess()
{
    const bool isEveryone = m_capture.deviceAccess() == capture::Devices::Access::Everyone;
    (isEveryone ? m_everyone : m_accepted)->setChecked(true);
}

void PhonePage::listen()
{
    if (const int id = m_chosen->checkedId(); id >= 0)
        m_capture.listenOnNetwork(m_shown[static_cast<std::size_t>(id)].address);
}

} // namespace ui
