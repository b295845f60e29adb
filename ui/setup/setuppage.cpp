// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/setuppage.h"

#include "base/secret.h"
#include "ui/commands/actionregistry.h"
#include "ui/setup/codeblock.h"
#include "ui/setup/sdkchooser.h"
#include "ui/widgets/connectionpill.h"

#include <algorithm>

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int chooserWidth = 240;
constexpr int guideWidth = 720;
constexpr int numberSide = 24;

/// The round number of a step.
class StepNumber final : public QWidget
{
public:
    StepNumber(const Theme &theme, int number, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_number(number)
    {
        setFixedSize(numberSide, numberSide);
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::AccentSoft));
        painter.drawEllipse(rect());
        painter.setFont(m_theme.font(FontRole::BodyStrong));
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
    }

private:
    const Theme &m_theme;
    int m_number;
};

QLabel *makeLabel(const Theme &theme, FontRole font, Role role, const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*label, theme, font, role);
    return label;
}

/// A step's number in the margin, its heading, and room below for what it holds.
QVBoxLayout *addStep(QVBoxLayout *column, const Theme &theme, int number, const QString &heading,
                     QWidget *parent)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::m);
    row->addWidget(new StepNumber(theme, number, parent), 0, Qt::AlignTop);
    auto *body = new QVBoxLayout;
    body->setSpacing(space::s);
    QLabel *title = makeLabel(theme, FontRole::BodyStrong, Role::Text, heading, parent);
    title->setMinimumHeight(numberSide);
    body->addWidget(title);
    row->addLayout(body, 1);
    column->addLayout(row);
    return body;
}

} // namespace

SetupPage::SetupPage(Services &services, const Theme &theme, StreamModel &model, ActionRegistry &actions,
                     QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_model(model)
    , m_actions(actions)
    , m_openedUs(QDateTime::currentMSecsSinceEpoch() * 1000)
    , m_chooser(new SdkChooser(theme, loadSdks(), this))
    , m_title(makeLabel(theme, FontRole::Title, Role::Text, {}, this))
    , m_untried(makeLabel(theme, FontRole::Meta, Role::Unplanned, {}, this))
    , m_where(makeLabel(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_code(new CodeBlock(theme, this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_note(makeLabel(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_light(new SetupLight(theme, this))
    , m_demo(new QPushButton(this))
    , m_demoText(makeLabel(
          theme, FontRole::Body, Role::TextSecondary,
          tr("No app at hand? Sample calls of five apps and a backend, good and bad, through the real port."),
          this))
{
    setObjectName(u"setupPage"_s);
    setAccessibleName(tr("Setup"));
    buildLayout();
    connect(m_chooser, &SdkChooser::chosen, this, [this](const QString &id) {
        if (const auto saved = m_services.settings().setText(base::keys::setupSdk, id); !saved)
            emit m_services.failed(saved.error());
        showSdk();
    });
    connect(m_copy, &QPushButton::clicked, this, &SetupPage::copyCode);
    connect(m_light, &SetupLight::activated, this, &SetupPage::activateLight);
    connect(m_demo, &QPushButton::clicked, this, [this] { m_actions.action(Command::PlayDemo).trigger(); });
    connect(&services, &Services::sighted, this, &SetupPage::showSighting);
    connect(&services, &Services::demoStateChanged, this, &SetupPage::refreshDemo);
    connect(&services, &Services::captureStateChanged, this, [this] {
        showSdk();
        if (m_light->state() != SetupLight::State::FirstEvent)
            showWaiting();
    });
    connect(&model, &StreamModel::rowsAppended, this, &SetupPage::look);
    connect(&model, &StreamModel::swapped, this, [this] { look(m_model.rowCount()); });
    m_chooser->choose(services.settings().text(base::keys::setupSdk));
    showSdk();
    showWaiting();
    refreshDemo();
}

void SetupPage::buildLayout()
{
    auto *left = new QWidget(this);
    left->setFixedWidth(chooserWidth);
    setGround(*left, Role::Surface);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(space::l, space::l, space::s, space::s);
    leftColumn->setSpacing(space::s);
    leftColumn->addWidget(makeLabel(m_theme, FontRole::Title, Role::Text, tr("Which SDK?"), left));
    leftColumn->addWidget(m_chooser, 1);

    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::VLine);
    line->setFixedWidth(1);

    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildGuide());
    setGround(*scroll->viewport(), Role::Surface);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(left);
    row->addWidget(line);
    row->addWidget(scroll, 1);
    setTabOrder(m_chooser, m_copy);
}

QWidget *SetupPage::buildGuide()
{
    auto *guide = new QWidget;
    setGround(*guide, Role::Surface);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::xl);
    auto *heading = new QVBoxLayout;
    heading->setSpacing(space::xs);
    heading->addWidget(m_title);
    heading->addWidget(m_untried);
    column->addLayout(heading);

    QVBoxLayout *first = addStep(column, m_theme, 1, tr("Point the SDK at this machine"), guide);
    first->addWidget(m_where);
    first->addWidget(m_code);
    auto *under = new QHBoxLayout;
    under->setSpacing(space::m);
    m_copy->setObjectName(u"copyCode"_s);
    m_copy->setAccessibleName(tr("Copy the lines"));
    m_copy->setToolTip(tr("Copy the lines above"));
    setButtonKind(*m_copy, ButtonKind::Accent);
    under->addWidget(m_copy, 0, Qt::AlignTop);
    under->addWidget(m_note, 1);
    first->addLayout(under);

    QVBoxLayout *second = addStep(column, m_theme, 2, tr("Start your app"), guide);
    second->addWidget(
        makeLabel(m_theme, FontRole::Body, Role::TextSecondary,
                  tr("Do something in it that is tracked. Any write key works: each one becomes a source. "
                     "Nothing leaves this machine until you switch a destination on."),
                  guide));

    QVBoxLayout *third = addStep(column, m_theme, 3, tr("Watch the light"), guide);
    third->addWidget(m_light);

    auto *demoRow = new QHBoxLayout;
    demoRow->setSpacing(space::m);
    demoRow->setContentsMargins(numberSide + space::m, 0, 0, 0);
    m_demo->setObjectName(u"playDemo"_s);
    m_demo->setIcon(m_theme.icon(Icon::Play));
    demoRow->addWidget(m_demo);
    demoRow->addWidget(m_demoText, 1);
    column->addLayout(demoRow);
    column->addStretch(1);

    auto *holder = new QWidget(guide);
    holder->setMaximumWidth(guideWidth);
    holder->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    auto *outer = new QHBoxLayout(guide);
    outer->setContentsMargins(space::xxl, space::l, space::xxl, space::xl);
    outer->addWidget(holder, 1);
    outer->addStretch(0);
    return guide;
}

QString SetupPage::code() const
{
    return m_code->toPlainText();
}

void SetupPage::showSdk()
{
    const Sdk &sdk = m_chooser->current();
    const Services::CaptureState state = m_services.captureState();
    capture::Address address{QHostAddress(QHostAddress::LocalHost), 8765};
    if (!state.addresses.empty()) {
        const auto version4 = std::ranges::find_if(state.addresses, [](const capture::Address &one) {
            return one.host.protocol() == QAbstractSocket::IPv4Protocol;
        });
        address = version4 != state.addresses.end() ? *version4 : state.addresses.front();
    }
    // Listening on every interface is no address to send to.
    if (address.host == QHostAddress(QHostAddress::AnyIPv4) ||
        address.host == QHostAddress(QHostAddress::Any))
        address.host = QHostAddress(QHostAddress::LocalHost);
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

void SetupPage::showWaiting()
{
    const Services::CaptureState state = m_services.captureState();
    m_next = Next::None;
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

void SetupPage::showSighting(const capture::Sighting &sighting)
{
    using Kind = capture::Sighting::Kind;
    if (m_light->state() == SetupLight::State::FirstEvent)
        return;
    const QString address = addressUrl(m_services.captureState());
    m_next = Next::None;
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
        return; // an SDK at work, but nothing to do about it
    }
}

void SetupPage::look(int count)
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

void SetupPage::showFirstEvent(const StreamModel::Row &row)
{
    const QString name = m_model.text(TextKind::Name, event::raw(row.summary.name));
    const QString type = QString::fromLatin1(event::word(row.summary.type).data());
    const QTime time = QDateTime::fromMSecsSinceEpoch(row.summary.receivedUs / 1000).time();
    m_shown = row.summary.id;
    m_next = Next::ShowEvent;
    m_light->show(SetupLight::State::FirstEvent, tr("First event received"),
                  tr("%1 at %2")
                      .arg(name.isEmpty() ? type : u"%1 “%2”"_s.arg(type, name),
                           QLocale().toString(time, u"HH:mm:ss"_s)),
                  tr("Show it"));
    emit firstEventSeen();
}

void SetupPage::showRejected(const StreamModel::Row &row)
{
    m_shown = row.summary.id;
    const event::EventId id = m_shown;
    m_services.fetchDetail(id, this, [this, id](base::Result<store::EventDetail> detail) {
        if (m_shown != id || m_light->state() == SetupLight::State::FirstEvent)
            return;
        m_next = Next::ShowEvent;
        const QString reason = detail ? QString::fromUtf8(detail->rejectReason) : QString();
        m_light->show(SetupLight::State::Unusable, tr("Something arrived that can’t be used"),
                      (reason + u' ' + tr("It is kept, with its bytes.")).trimmed(), tr("Show it"));
    });
}

void SetupPage::refreshDemo()
{
    const bool isPlaying = m_services.isDemoPlaying();
    m_demo->setText(isPlaying ? tr("Stop demo traffic") : tr("Play demo traffic"));
    m_demo->setIcon(m_theme.icon(isPlaying ? Icon::Stop : Icon::Play));
}

void SetupPage::copyCode()
{
    QGuiApplication::clipboard()->setText(code());
    emit said(tr("Copied"));
}

void SetupPage::activateLight()
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
