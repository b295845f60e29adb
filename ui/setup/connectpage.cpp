// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/connectpage.h"

#include "base/secret.h"
#include "ui/captureservices.h"
#include "ui/commands/actionregistry.h"
#include "ui/setup/codeblock.h"
#include "ui/setup/guide.h"
#include "ui/setup/sdkchooser.h"
#include "ui/widgets/connectionpill.h"

#include <algorithm>
#include <optional>

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The worst of what is wrong with a client since then; nothing when all is well.
std::optional<std::pair<capture::Client, capture::Diagnosis>> worstProblem(const CaptureServices &capture,
                                                                           std::int64_t sinceUs)
{
    for (const capture::ClientReport &report : capture.clients()) {
        for (const capture::Diagnosis &diagnosis : report.diagnoses) {
            if (diagnosis.level == capture::AilmentLevel::Problem && diagnosis.atUs >= sinceUs)
                return std::pair(report.client, diagnosis);
        }
    }
    return {};
}

} // namespace

ConnectPage::ConnectPage(Services &services, const Theme &theme, StreamModel &model, ActionRegistry &actions,
                         QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_model(model)
    , m_actions(actions)
    , m_openedUs(QDateTime::currentMSecsSinceEpoch() * 1000)
    , m_chooser(new SdkChooser(theme, loadSdks(), this))
    , m_title(paragraph(theme, FontRole::Title, Role::Text, {}, this))
    , m_untried(paragraph(theme, FontRole::Meta, Role::Unplanned, {}, this))
    , m_where(paragraph(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_code(new CodeBlock(theme, this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_note(paragraph(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_light(new SetupLight(theme, this))
    , m_demo(new QPushButton(this))
    , m_demoText(paragraph(
          theme, FontRole::Body, Role::TextSecondary,
          tr("No app at hand? Sample calls of five apps and a backend, good and bad, through the real port."),
          this))
{
    setObjectName(u"connectPage"_s);
    setAccessibleName(tr("Connect an app"));
    layOut(*this, theme, tr("Which SDK?"), *m_chooser, *buildGuide());
    setTabOrder(m_chooser, m_copy);
    connect(m_chooser, &SdkChooser::chosen, this, [this](const QString &id) {
        if (const auto saved = m_services.settings().setText(base::keys::setupSdk, id); !saved)
            emit m_services.failed(saved.error());
        showSdk();
    });
    connect(m_copy, &QPushButton::clicked, this, &ConnectPage::copyCode);
    connect(m_light, &SetupLight::activated, this, &ConnectPage::activateLight);
    connect(m_light, &SetupLight::moreActivated, this, &ConnectPage::doctorWanted);
    connect(m_demo, &QPushButton::clicked, this, [this] { m_actions.action(Command::PlayDemo).trigger(); });
    connect(&services, &Services::sighted, this, &ConnectPage::showSighting);
    connect(&services, &Services::demoStateChanged, this, &ConnectPage::refreshDemo);
    connect(&services, &Services::captureStateChanged, this, [this] {
        showSdk();
        if (m_light->state() != SetupLight::State::FirstEvent)
            showWaiting();
    });
    if (CaptureServices *capture = services.captureServices(); capture != nullptr)
        connect(capture, &CaptureServices::clientsChanged, this, &ConnectPage::lookAtClients);
    connect(&model, &StreamModel::rowsAppended, this, &ConnectPage::look);
    connect(&model, &StreamModel::swapped, this, [this] { look(m_model.rowCount()); });
    m_chooser->choose(services.settings().text(base::keys::setupSdk));
    showSdk();
    showWaiting();
    refreshDemo();
}

Guide *ConnectPage::buildGuide()
{
    auto *guide = new Guide(m_theme, this);
    auto *heading = new QVBoxLayout;
    heading->setSpacing(space::xs);
    heading->addWidget(m_title);
    heading->addWidget(m_untried);
    guide->column().addLayout(heading);

    GuideStep &first = guide->addStep(1, tr("Point the SDK at this machine"));
    first.body().addWidget(m_where);
    first.body().addWidget(m_code);
    auto *under = new QHBoxLayout;
    under->setSpacing(space::m);
    m_copy->setObjectName(u"copyCode"_s);
    m_copy->setAccessibleName(tr("Copy the lines"));
    m_copy->setToolTip(tr("Copy the lines above"));
    setButtonKind(*m_copy, ButtonKind::Accent);
    under->addWidget(m_copy, 0, Qt::AlignTop);
    under->addWidget(m_note, 1);
    first.body().addLayout(under);

    guide->addStep(2, tr("Start your app"))
        .addText(tr("Do something in it that is tracked. Any write key works: each one becomes a source. "
                    "Nothing leaves this machine until you switch a destination on."));

    GuideStep &third = guide->addStep(3, tr("Watch the light"));
    third.body().addWidget(m_light);
    auto *demoRow = new QHBoxLayout;
    demoRow->setSpacing(space::m);
    demoRow->setContentsMargins(0, space::l, 0, 0);
    m_demo->setObjectName(u"playDemo"_s);
    m_demo->setIcon(m_theme.icon(Icon::Play));
    demoRow->addWidget(m_demo);
    demoRow->addWidget(m_demoText, 1);
    third.body().addLayout(demoRow);
    return guide;
}

QString ConnectPage::code() const
{
    return m_code->toPlainText();
}

void ConnectPage::showSdk()
{
    const Sdk &sdk = m_chooser->current();
    const capture::Address address = appAddress(m_services.captureState());
    m_title->setText(sdk.name);
    m_untried->setText(tr("Not tried by us yet: these lines follow the SDK’s sources."));
    m_untried->setVisible(!sdk.isTried);
    m_where->setText(filledIn(sdk.where, address));
    m_code->setCode(filledIn(sdk.code, address),
                    {filledIn(u"{{url}}"_s, address), filledIn(u"{{host}}"_s, address),
                     filledIn(u"{{emulator}}"_s, address)});
    m_note->setText(filledIn(sdk.note, address));
    m_note->setVisible(!sdk.note.isEmpty());
}

void ConnectPage::showWaiting()
{
    const Services::CaptureState state = m_services.captureState();
    m_next = Next::None;
    m_isDoctorsWord = false;
    if (!state.isListening && state.problem.what.isEmpty()) {
        m_light->show(SetupLight::State::Waiting, tr("Starting"),
                      tr("The store and the port are being opened."));
        return;
    }
    if (!state.isListening) {
        const bool canMove = state.suggestedPort != 0;
        m_next = canMove ? Next::UsePort : Next::OpenSettings;
        m_light->show(SetupLight::State::Unusable, state.problem.what,
                      (state.problem.why + u' ' + state.problem.fix).trimmed(),
                      canMove ? tr("Use port %1").arg(state.suggestedPort) : tr("Change the address"));
        return;
    }
    m_light->show(SetupLight::State::Waiting, tr("Waiting for the first event"),
                  tr("Listening on %1. This turns green by itself.").arg(addressText(state)));
}

void ConnectPage::showSighting(const capture::Sighting &sighting)
{
    using Kind = capture::Sighting::Kind;
    if (m_light->state() == SetupLight::State::FirstEvent)
        return;
    const QString address = addressUrl(m_services.captureState());
    m_next = Next::None;
    m_isDoctorsWord = false;
    switch (sighting.kind) {
    case Kind::SettingsFetched:
        m_light->show(
            SetupLight::State::SettingsFetched, tr("Settings fetched, no event yet"),
            tr("An SDK with the write key %1 found Trackside. Do something in the app that is tracked.")
                .arg(base::masked(sighting.writeKey)));
        return;
    case Kind::TlsOnPlainPort:
        m_light->show(SetupLight::State::Unusable, tr("Something spoke TLS to the plain port"),
                      tr("The app uses https. Write %1 in it, or set the SDK’s protocol option to http; "
                         "browser batching "
                         "before 1.84 can only do https.")
                          .arg(address));
        return;
    case Kind::Http2:
        m_light->show(SetupLight::State::Unusable, tr("Something spoke HTTP/2 without TLS"),
                      tr("Trackside reads HTTP/1.1. Switch the client’s “prior knowledge” of HTTP/2 off."));
        return;
    case Kind::UnknownPath:
        m_light->show(SetupLight::State::Unusable, tr("A request came to a path that is none of Segment’s"),
                      tr("It asked for %1. Give the SDK the address alone, as in the lines above.")
                          .arg(sighting.detail));
        return;
    case Kind::MetricsPosted:
    case Kind::TokenAsked:
    case Kind::Preflight:
        break; // an SDK at work, but nothing to do about it
    }
}

void ConnectPage::look(int count)
{
    if (m_light->state() == SetupLight::State::FirstEvent)
        return;
    const int rows = m_model.rowCount();
    for (int row = std::max(0, rows - count); row < rows; ++row) {
        const StreamModel::Row found = m_model.rowAt(row);
        if (found.summary.receivedUs < m_openedUs)
            continue;
        if (found.state.status != event::Status::Rejected) {
            showFirstEvent(found);
            return;
        }
        showRejected(found);
    }
}

void ConnectPage::showFirstEvent(const StreamModel::Row &row)
{
    const QString name = m_model.text(TextKind::Name, event::raw(row.summary.name));
    const QString type = QString::fromLatin1(event::word(row.summary.type).data());
    const QTime time = QDateTime::fromMSecsSinceEpoch(row.summary.receivedUs / 1000).time();
    m_shown = row.summary.id;
    m_next = Next::ShowEvent;
    m_light->offerMore({});
    m_light->show(SetupLight::State::FirstEvent, tr("First event received"),
                  tr("%1 at %2")
                      .arg(name.isEmpty() ? type : u"%1 “%2”"_s.arg(type, name),
                           QLocale().toString(time, u"HH:mm:ss"_s)),
                  tr("Show it"));
    emit firstEventSeen();
}

void ConnectPage::showRejected(const StreamModel::Row &row)
{
    m_shown = row.summary.id;
    const event::EventId id = m_shown;
    m_services.fetchDetail(id, this, [this, id](base::Result<store::EventDetail> detail) {
        if (m_shown != id || m_light->state() == SetupLight::State::FirstEvent)
            return;
        m_next = Next::ShowEvent;
        m_isDoctorsWord = false;
        const QString reason = detail ? QString::fromUtf8(detail->rejectReason) : QString();
        m_light->show(SetupLight::State::Unusable, tr("Something arrived that can’t be used"),
                      (reason + u' ' + tr("It is kept, with its bytes.")).trimmed(), tr("Show it"));
    });
}

void ConnectPage::lookAtClients()
{
    const CaptureServices &capture = *m_services.captureServices();
    if (m_light->state() == SetupLight::State::FirstEvent)
        return;
    const auto problem = worstProblem(capture, m_openedUs);
    m_light->offerMore(problem ? tr("Open the doctor") : QString());
    const bool isAnothersWord = m_light->state() == SetupLight::State::Unusable && !m_isDoctorsWord;
    if (isAnothersWord || (!problem && !m_isDoctorsWord))
        return;
    if (!problem) {
        showWaiting();
        return;
    }
    const CaptureServices::DiagnosisText text = capture.words(problem->second, problem->first);
    m_next = Next::None;
    m_isDoctorsWord = true;
    m_light->show(SetupLight::State::Unusable, capture.clientName(problem->first) + u": "_s + text.what,
                  text.next);
}

void ConnectPage::refreshDemo()
{
    const bool isPlaying = m_services.isDemoPlaying();
    m_demo->setText(isPlaying ? tr("Stop demo traffic") : tr("Play demo traffic"));
    m_demo->setIcon(m_theme.icon(isPlaying ? Icon::Stop : Icon::Play));
}

void ConnectPage::copyCode()
{
    QGuiApplication::clipboard()->setText(code());
    emit said(tr("Copied"));
}

void ConnectPage::activateLight()
{
    switch (m_next) {
    case Next::None:
        return;
    case Next::ShowEvent:
        emit eventWanted(m_shown);
        return;
    case Next::UsePort:
        m_services.listenOn(QString::number(m_services.captureState().suggestedPort));
        return;
    case Next::OpenSettings:
        emit settingsWanted();
        return;
    }
}

} // namespace ui
