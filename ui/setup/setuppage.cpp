// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/setuppage.h"

#include "ui/captureservices.h"
#include "ui/commands/actionregistry.h"
#include "ui/setup/connectpage.h"
#include "ui/setup/doctorpage.h"
#include "ui/setup/phonepage.h"
#include "ui/setup/proxypage.h"
#include "ui/setup/sdkchooser.h"
#include "ui/widgets/authoritydialogs.h"
#include "ui/widgets/themedlabel.h"

#include <QDir>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct TabWords
{
    QString key; ///< in the settings, and the end of the action's name
    QString text;
    QKeySequence shortcut;
};

TabWords wordsOf(SetupPage::Tab tab)
{
    switch (tab) {
    case SetupPage::Tab::Connect:
        return {u"connect"_s, SetupPage::tr("Connect an app"), Qt::ALT | Qt::Key_1};
    case SetupPage::Tab::Phone:
        return {u"phone"_s, SetupPage::tr("Use a phone"), Qt::ALT | Qt::Key_2};
    case SetupPage::Tab::Proxy:
        return {u"proxy"_s, SetupPage::tr("Use the proxy"), Qt::ALT | Qt::Key_3};
    case SetupPage::Tab::Doctor:
        return {u"doctor"_s, SetupPage::tr("Doctor"), Qt::ALT | Qt::Key_4};
    }
    return {};
}

} // namespace

SetupPage::SetupPage(Services &services, const Theme &theme, StreamModel &model, ActionRegistry &actions,
                     QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_connect(new ConnectPage(services, theme, model, actions, this))
{
    setObjectName(u"setupPage"_s);
    setAccessibleName(tr("Setup"));
    setGround(*this, Role::Surface);
    m_tabs->setObjectName(u"setupTabs"_s);
    m_tabs->setAccessibleName(tr("Ways in"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(space::s, 0, space::s, 0);
    line->addWidget(m_tabs);
    line->addStretch(1);
    column->addLayout(line);
    auto *hairline = new Hairline(theme, Qt::Horizontal, this);
    column->addWidget(hairline);
    column->addWidget(m_stack, 1);

    addTab(Tab::Connect, m_connect, Icon::Command);
    if (CaptureServices *capture = services.captureServices(); capture != nullptr)
        addPages(*capture);
    m_tabs->setVisible(m_tabs->count() > 1);
    hairline->setVisible(m_tabs->count() > 1);

    connect(m_connect, &ConnectPage::eventWanted, this, &SetupPage::eventWanted);
    connect(m_connect, &ConnectPage::firstEventSeen, this, &SetupPage::firstEventSeen);
    connect(m_connect, &ConnectPage::said, this, &SetupPage::said);
    connect(m_connect, &ConnectPage::settingsWanted, this, &SetupPage::settingsWanted);
    connect(m_connect, &ConnectPage::doctorWanted, this, [this] { goTo(Tab::Doctor); });
    const QString saved = services.settings().text(base::keys::setupTab);
    for (int index = 0; index < m_tabs->count(); ++index) {
        if (wordsOf(static_cast<Tab>(index)).key == saved)
            showTab(static_cast<Tab>(index));
    }
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        const QString key = wordsOf(static_cast<Tab>(index)).key;
        if (const auto kept = m_services.settings().setText(base::keys::setupTab, key); !kept)
            emit m_services.failed(kept.error());
    });
}

void SetupPage::addTab(Tab tab, QWidget *page, Icon icon)
{
    const TabWords words = wordsOf(tab);
    m_stack->addWidget(page);
    const int index = m_tabs->addTab(words.text);
    m_tabs->setTabToolTip(index, tipWithShortcut(words.text, words.shortcut));
    QAction &action = m_actions.add(u"setup."_s + words.key, words.text, words.shortcut, icon);
    connect(&action, &QAction::triggered, this, [this, tab] { goTo(tab); });
}

void SetupPage::addPages(CaptureServices &capture)
{
    m_phone = new PhonePage(capture, m_theme, this);
    m_proxy = new ProxyPage(m_services, capture, m_theme, this);
    m_doctor = new DoctorPage(capture, m_theme, this);
    addTab(Tab::Phone, m_phone, Icon::Setup);
    addTab(Tab::Proxy, m_proxy, Icon::Privacy);
    addTab(Tab::Doctor, m_doctor, Icon::Lint);
    connect(m_phone, &PhonePage::said, this, &SetupPage::said);
    connect(m_phone, &PhonePage::doctorWanted, this, [this] { goTo(Tab::Doctor); });
    connect(m_proxy, &ProxyPage::said, this, &SetupPage::said);
    connect(m_proxy, &ProxyPage::phoneWanted, this, [this] { goTo(Tab::Phone); });
    connect(m_proxy, &ProxyPage::doctorWanted, this, [this] { goTo(Tab::Doctor); });
    connect(m_doctor, &DoctorPage::connectWanted, this, [this] { goTo(Tab::Connect); });
    connect(m_doctor, &DoctorPage::remedyWanted, this, &SetupPage::apply);
    connect(&capture, &CaptureServices::clientsChanged, this, [this] {
        if (isVisible())
            countProblems();
    });
}

SetupLight &SetupPage::light() const
{
    return m_connect->light();
}

SdkChooser &SetupPage::chooser() const
{
    return m_connect->chooser();
}

QString SetupPage::code() const
{
    return m_connect->code();
}

SetupPage::Tab SetupPage::tab() const
{
    return static_cast<Tab>(m_stack->currentIndex());
}

void SetupPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
    m_stack->setCurrentIndex(m_tabs->currentIndex());
}

void SetupPage::focusFirst()
{
    switch (tab()) {
    case Tab::Connect:
        m_connect->chooser().search().setFocus();
        return;
    case Tab::Phone:
        m_phone->focusFirst();
        return;
    case Tab::Proxy:
        m_proxy->focusFirst();
        return;
    case Tab::Doctor:
        m_doctor->focusFirst();
        return;
    }
}

void SetupPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    countProblems();
}

void SetupPage::goTo(Tab tab)
{
    m_actions.action(Command::ShowSetup).trigger();
    showTab(tab);
    focusFirst();
}

void SetupPage::countProblems()
{
    if (m_doctor == nullptr)
        return;
    const std::size_t problems = problemCount(m_services.captureServices()->clients());
    const QString word = wordsOf(Tab::Doctor).text;
    m_tabs->setTabText(
        static_cast<int>(Tab::Doctor),
        problems == 0 ? word : tr("%1: %Ln problem(s)", nullptr, static_cast<int>(problems)).arg(word));
}

void SetupPage::apply(const Remedy &remedy)
{
    CaptureServices &capture = *m_services.captureServices();
    switch (remedy.act) {
    case Remedy::Act::None:
        return;
    case Remedy::Act::InstallCertificate:
        goTo(Tab::Proxy);
        return;
    case Remedy::Act::SaveCertificate:
        saveAuthority(capture, tls::ExportFormat::Pem, *this, [this](const base::Result<QString> &path) {
            if (path)
                emit said(tr("Saved as %1").arg(QDir::toNativeSeparators(*path)));
            else
                emit m_services.failed(path.error());
        });
        return;
    case Remedy::Act::AddDomain:
        addCustomDomain(capture, remedy.argument, *this,
                        [this, domain = remedy.argument](const base::Result<void> &added) {
                            if (added)
                                emit said(tr("Calls to %1 are decrypted from now on").arg(domain));
                            else
                                emit m_services.failed(added.error());
                        });
        return;
    case Remedy::Act::AcceptDevice:
        capture.acceptDevice(remedy.argument.toLatin1());
        emit said(tr("Accepted %1").arg(remedy.argument));
        return;
    case Remedy::Act::SetUpstream:
        goTo(Tab::Proxy);
        m_proxy->focusUpstream();
        return;
    case Remedy::Act::ConnectApp:
        goTo(Tab::Connect);
        return;
    }
}

} // namespace ui
