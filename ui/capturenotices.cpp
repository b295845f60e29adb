// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/capturenotices.h"

#include "ui/captureservices.h"
#include "ui/faults/faultdialog.h"
#include "ui/faults/faultwords.h"
#include "ui/widgets/notice.h"

#include <algorithm>

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

CaptureNotices::CaptureNotices(Services &services, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_listening(new Notice(theme, this))
    , m_fault(new Notice(theme, this))
    , m_device(new Notice(theme, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_fault->setObjectName(u"faultNotice"_s);
    m_device->setObjectName(u"deviceNotice"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (Notice *notice : {m_listening, m_fault, m_device})
        column->addWidget(notice);

    connect(&services, &Services::captureStateChanged, this, &CaptureNotices::showListening);
    connect(m_listening, &Notice::activated, this, [this] {
        if (const quint16 port = m_services.captureState().suggestedPort; port != 0)
            m_services.listenOn(QString::number(port));
        else
            emit settingsWanted();
    });
    connect(m_fault, &Notice::activated, this, [this] {
        CaptureServices *capture = m_services.captureServices();
        if (capture == nullptr)
            return;
        for (const capture::FaultReport &report : capture->faults())
            if (report.endedUs == 0)
                capture->stopFault(report.id);
    });
    connect(m_fault, &Notice::secondActivated, this, &CaptureNotices::faultsWanted);
    connect(m_fault, &Notice::closed, this, [this] {
        if (const CaptureServices *capture = m_services.captureServices())
            for (const capture::FaultReport &report : capture->faults())
                m_closedFault = std::max(m_closedFault, report.id);
    });
    connect(m_device, &Notice::activated, this, [this] { decideDevice(&CaptureServices::acceptDevice); });
    connect(m_device, &Notice::secondActivated, this,
            [this] { decideDevice(&CaptureServices::refuseDevice); });
    connect(m_device, &Notice::closed, this, [this] {
        m_laterDevices.append(m_waiting);
        showDevice();
    });
    if (const CaptureServices *capture = services.captureServices()) {
        connect(capture, &CaptureServices::faultsChanged, this, &CaptureNotices::showFault);
        connect(capture, &CaptureServices::devicesChanged, this, &CaptureNotices::showDevice);
    }
    showListening();
    showFault();
    showDevice();
}

void CaptureNotices::showListening()
{
    const Services::CaptureState state = m_services.captureState();
    if (state.problem.what.isEmpty()) {
        m_listening->hide();
        return;
    }
    m_listening->showError(state.problem, state.suggestedPort != 0
                                              ? tr("Use port %1").arg(state.suggestedPort)
                                              : tr("Change the address"));
}

void CaptureNotices::showFault()
{
    const CaptureServices *capture = m_services.captureServices();
    const QList<capture::FaultReport> reports =
        capture == nullptr ? QList<capture::FaultReport>() : capture->faults();
    const auto isOn = [](const capture::FaultReport &report) { return report.endedUs == 0; };
    const auto running = std::ranges::count_if(reports, isOn);
    const auto latest = std::ranges::find_if(reports, isOn);
    if (running == 0 || latest->id <= m_closedFault) {
        m_fault->hide();
        return;
    }
    const QByteArray source = latest->fault.source;
    if (!source.isEmpty() && !m_sourceNames.contains(source)) {
        // Once: a source without a name of its own is shown as one of them all.
        m_sourceNames.insert(source, tr("one source"));
        m_services.fetchSources(this, [this](const std::vector<store::Source> &sources) {
            m_sourceNames.insert(faultSources(sources));
            showFault();
        });
    }
    const QString what = faultText(latest->fault, m_sourceNames.value(source));
    m_fault->showText(
        Notice::Weight::Warning,
        running == 1
            ? tr("A fault is on: %1.").arg(what)
            : tr("%Ln fault(s) are on, the latest: %1.", nullptr, static_cast<int>(running)).arg(what),
        faultVerdict(*latest), tr("Stop"), tr("Show"));
}

void CaptureNotices::showDevice()
{
    const CaptureServices *capture = m_services.captureServices();
    std::vector<capture::Device> waiting;
    if (capture != nullptr)
        waiting = capture->devices();
    std::erase_if(waiting, [this](const capture::Device &device) {
        return device.state != capture::Device::State::Waiting || m_laterDevices.contains(device.address);
    });
    if (waiting.empty()) {
        m_waiting.clear();
        m_device->hide();
        return;
    }
    // The one asked for stays until it is decided: nothing changes under the pointer.
    auto shown = std::ranges::find(waiting, m_waiting, &capture::Device::address);
    if (shown == waiting.end())
        shown = waiting.begin();
    m_waiting = shown->address;
    const QString address = QString::fromLatin1(shown->address);
    const QString name =
        shown->name.isEmpty() || shown->name == address ? address : u"%1 (%2)"_s.arg(shown->name, address);
    const int others = static_cast<int>(waiting.size()) - 1;
    m_device->showText(Notice::Weight::Note, tr("%1 wants to send here.").arg(name),
                       others > 0 ? tr("%Ln more device(s) wait.", nullptr, others)
                                  : tr("It is answered only once you accept it; that is remembered."),
                       tr("Accept"), tr("Refuse"));
}

void CaptureNotices::decideDevice(void (CaptureServices::*decision)(const QByteArray &))
{
    if (CaptureServices *capture = m_services.captureServices(); capture != nullptr && !m_waiting.isEmpty())
        (capture->*decision)(m_waiting);
}

} // namespace ui
