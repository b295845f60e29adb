// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakeservices.h"
#include "ui/setup/clientcard.h"
#include "ui/setup/doctorpage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/timetext.h"

#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using capture::Ailment;
using capture::AilmentLevel;
using Kind = capture::Observation::Kind;

namespace {

capture::ClientReport client(const char *address, const char *agent,
                             std::vector<capture::Diagnosis> diagnoses)
{
    capture::ClientReport report;
    report.client.address = address;
    report.client.agent = agent;
    report.client.lastUs = ui::nowUs() - 5'000'000;
    report.client.firstUs = report.client.lastUs - 60'000'000;
    report.diagnoses = std::move(diagnoses);
    return report;
}

capture::Diagnosis problem(Ailment ailment, const QStringList &args = {})
{
    return {ailment, AilmentLevel::Problem, args, ui::nowUs()};
}

capture::ClientReport wellOne()
{
    auto report = client("127.0.0.1", "analytics-node/6.2.0", {{Ailment::Well, AilmentLevel::Good, {}, 0}});
    report.client.modes = 1U << static_cast<unsigned>(capture::Mode::ProxyHttp);
    report.client.noted[static_cast<std::size_t>(Kind::Events)].count = 12;
    report.client.noted[static_cast<std::size_t>(Kind::Rejected)].count = 1;
    return report;
}

} // namespace

class TstDoctorPage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void emptyPageGuides();
    void cardSaysEverything();
    void changesInPlace();
    void newOnesComeBelow();
    void opensWithProblemsFirst();
    void restsWhileHidden();
    void gathersChanges();
    void onlyProblems();
    void forgetsClients();
    void offersRemedies_data();
    void offersRemedies();
    void buttonsStayWhileTheirReasonDoes();
    void nothingIsCutOff_data();
    void nothingIsCutOff();

private:
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const ui::ClientCard *card : m_page->cards()) {
            if (card->isVisible())
                names.append(card->name());
        }
        return names;
    }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    tests::FakeCaptureServices *m_capture = nullptr;
    std::unique_ptr<ui::DoctorPage> m_page;
};

void TstDoctorPage::initTestCase()
{
    m_theme.install(*qApp);
}

void TstDoctorPage::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_capture = &m_services->captureFake;
    m_page = std::make_unique<ui::DoctorPage>(*m_capture, m_theme);
    m_page->resize(1080, 700);
    m_page->show();
}

void TstDoctorPage::cleanup()
{
    m_page.reset();
    m_services.reset();
}

void TstDoctorPage::emptyPageGuides()
{
    auto *empty = m_page->findChild<ui::EmptyState *>();
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->title(), u"No client has come yet"_s);
    QSignalSpy wanted(m_page.get(), &ui::DoctorPage::connectWanted);
    QTest::keyClick(&empty->button(), Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!m_page->findChild<QPushButton *>(u"forgetClients"_s)->isEnabled());
}

void TstDoctorPage::cardSaysEverything()
{
    m_capture->diagnosisTexts[Ailment::Well] = {.what = u"12 events came, the last 5 s ago."_s, .next = {}};
    m_capture->clientList = {wellOne()};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names(), QStringList{u"analytics-node/6.2.0"_s});
    const QString text = m_page->cards().front()->text();
    for (const QString &part :
         {u"127.0.0.1"_s, u"the proxy in plain HTTP"_s, u"5 s ago"_s, u"12 events came, the last 5 s ago."_s})
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(text.contains(u"12 event"_s));
    QVERIFY(text.contains(u"1 rejected request"_s));
    QVERIFY(!text.contains(u"tunnel"_s)); // zero is quiet
    QCOMPARE(m_page->cards().front()->accessibleName(), u"analytics-node/6.2.0"_s);
    QVERIFY(m_page->findChild<QLabel *>(u"doctorSummary"_s)->text().contains(u"nothing is wrong"_s));
}

void TstDoctorPage::changesInPlace()
{
    m_capture->clientList = {wellOne()};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(m_page->cards().size(), std::size_t(1));
    const ui::ClientCard *card = m_page->cards().front();
    m_capture->clientList.front().client.noted[static_cast<std::size_t>(Kind::Events)].count = 13;
    emit m_capture->clientsChanged();
    QTRY_VERIFY(card->text().contains(u"13 event"_s));
    QCOMPARE(m_page->cards().front(), card);
}

void TstDoctorPage::newOnesComeBelow()
{
    m_capture->clientList = {wellOne()};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(m_page->cards().size(), std::size_t(1));
    m_capture->clientList.insert(m_capture->clientList.begin(),
                                 client("192.168.1.23", "iPhone", {problem(Ailment::NotTrusted)}));
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names(), (QStringList{u"analytics-node/6.2.0"_s, u"iPhone"_s}));
}

void TstDoctorPage::opensWithProblemsFirst()
{
    m_capture->clientList = {wellOne(), client("192.168.1.23", "iPhone", {problem(Ailment::NotTrusted)})};
    m_page->hide();
    m_page->show();
    QCOMPARE(names(), (QStringList{u"iPhone"_s, u"analytics-node/6.2.0"_s}));
}

void TstDoctorPage::restsWhileHidden()
{
    m_page->hide();
    m_capture->clientList = {wellOne()};
    emit m_capture->clientsChanged();
    QCoreApplication::processEvents();
    QVERIFY(m_page->cards().empty());
    m_page->show();
    QCOMPARE(m_page->cards().size(), std::size_t(1));
}

void TstDoctorPage::gathersChanges()
{
    // Many changes in one go are one refresh: the last state is what is shown.
    m_capture->clientList = {wellOne()};
    for (std::uint64_t count = 1; count <= 50; ++count) {
        m_capture->clientList.front().client.noted[static_cast<std::size_t>(Kind::Events)].count = count;
        emit m_capture->clientsChanged();
        QVERIFY(m_page->cards().empty());
    }
    QTRY_COMPARE(m_page->cards().size(), std::size_t(1));
    QVERIFY(m_page->cards().front()->text().contains(u"50 event"_s));
}

void TstDoctorPage::onlyProblems()
{
    m_capture->clientList = {wellOne(), client("192.168.1.23", "iPhone", {problem(Ailment::NotTrusted)})};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names().size(), 2);
    auto *only = m_page->findChild<QCheckBox *>(u"onlyProblems"_s);
    QTest::keyClick(only, Qt::Key_Space);
    QCOMPARE(names(), QStringList{u"iPhone"_s});
    m_capture->clientList.pop_back();
    emit m_capture->clientsChanged();
    auto *empty = m_page->findChild<ui::EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(empty->title(), u"No problems"_s);
    QTest::keyClick(&empty->button(), Qt::Key_Space);
    QVERIFY(!only->isChecked());
    QCOMPARE(names(), QStringList{u"analytics-node/6.2.0"_s});
}

void TstDoctorPage::forgetsClients()
{
    m_capture->clientList = {wellOne()};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names().size(), 1);
    QTest::keyClick(m_page->findChild<QPushButton *>(u"forgetClients"_s), Qt::Key_Space);
    QCOMPARE(m_capture->clientsForgotten, 1);
    QTRY_VERIFY(m_page->findChild<ui::EmptyState *>()->isVisible());
    QVERIFY(names().isEmpty());
}

void TstDoctorPage::offersRemedies_data()
{
    QTest::addColumn<int>("ailment");
    QTest::addColumn<QStringList>("args");
    QTest::addColumn<QStringList>("buttons");
    QTest::addColumn<int>("act");
    QTest::addColumn<QString>("argument");
    using Act = ui::Remedy::Act;
    const auto row = [](const char *name, Ailment ailment, const QStringList &args,
                        const QStringList &buttons, Act act, const QString &argument) {
        QTest::newRow(name) << static_cast<int>(ailment) << args << buttons << static_cast<int>(act)
                            << argument;
    };
    row("certificate not trusted", Ailment::NotTrusted, {u"api.segment.io"_s, u"unknown_ca"_s},
        {u"How to install it"_s, u"Save the certificate…"_s}, Act::InstallCertificate, {});
    row("outside the constraints", Ailment::NotPermitted, {u"t.example.com"_s}, {u"Decrypt t.example.com…"_s},
        Act::AddDomain, u"t.example.com"_s);
    row("only tunnels", Ailment::OnlyTunnels, {u"t.example.com, www.example.com"_s},
        {u"Decrypt t.example.com…"_s, u"Decrypt www.example.com…"_s}, Act::AddDomain, u"t.example.com"_s);
    row("an address is no domain", Ailment::NotPermitted, {u"8.8.8.8"_s}, {}, Act::None, {});
    row("device waits", Ailment::NotAccepted, {}, {u"Accept this device"_s}, Act::AcceptDevice,
        u"192.168.1.23"_s);
    row("host not reached", Ailment::HostUnreachable, {u"api.segment.io"_s}, {u"Set an upstream proxy"_s},
        Act::SetUpstream, {});
    row("wrong path", Ailment::WrongPath, {u"/collect"_s}, {u"Show the lines to copy"_s}, Act::ConnectApp,
        {});
    row("pinned", Ailment::Pinned, {u"api.segment.io"_s}, {}, Act::None, {});
}

void TstDoctorPage::offersRemedies()
{
    QFETCH(int, ailment);
    QFETCH(QStringList, args);
    QFETCH(QStringList, buttons);
    QFETCH(int, act);
    QFETCH(QString, argument);
    QSignalSpy wanted(m_page.get(), &ui::DoctorPage::remedyWanted);
    m_capture->clientList = {
        client("192.168.1.23", "iPhone", {problem(static_cast<Ailment>(ailment), args)})};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names().size(), 1);
    QStringList texts;
    const auto found = m_page->findChildren<QPushButton *>(u"remedy"_s);
    for (const QPushButton *button : found)
        texts.append(button->text());
    QCOMPARE(texts, buttons);
    if (found.isEmpty())
        return;
    QTest::keyClick(found.front(), Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    const auto remedy = wanted.front().front().value<ui::Remedy>();
    QCOMPARE(static_cast<int>(remedy.act), act);
    QCOMPARE(remedy.argument, argument);
}

void TstDoctorPage::buttonsStayWhileTheirReasonDoes()
{
    m_capture->clientList = {client("192.168.1.23", "iPhone", {problem(Ailment::NotTrusted)})};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names().size(), 1);
    QPointer<QPushButton> button = m_page->findChild<QPushButton *>(u"remedy"_s);
    m_capture->clientList.front().client.noted[static_cast<std::size_t>(Kind::TlsRefused)].count = 7;
    emit m_capture->clientsChanged();
    QTRY_VERIFY(m_page->cards().front()->text().contains(u"TLS refused 7 time"_s));
    QVERIFY(button != nullptr);
    QVERIFY(button->isVisible());
    m_capture->clientList.front().diagnoses = {{Ailment::Well, AilmentLevel::Good, {}, ui::nowUs()}};
    emit m_capture->clientsChanged();
    QTRY_VERIFY(button == nullptr || !button->isVisible());
}

void TstDoctorPage::nothingIsCutOff_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("1280 less the sidebar") << 1080;
    QTest::newRow("narrow") << 640;
}

void TstDoctorPage::nothingIsCutOff()
{
    QFETCH(int, width);
    m_page->resize(width, 600);
    const QString longSentence =
        QString(u"The client refused the certificate for api.segment.io. "_s).repeated(6);
    m_capture->diagnosisTexts[Ailment::NotTrusted] = {.what = longSentence, .next = longSentence};
    m_capture->clientList = {client("fd12:3456:789a:1::abcd:ef01",
                                    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605",
                                    {problem(Ailment::NotTrusted)})};
    emit m_capture->clientsChanged();
    QTRY_COMPARE(names().size(), 1);
    QCoreApplication::processEvents();
    const ui::ClientCard *card = m_page->cards().front();
    QVERIFY(card->width() <= m_page->width());
    for (const QLabel *label : card->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        QVERIFY(card->rect().contains(QRect(label->mapTo(card, QPoint()), label->size())));
    }
}

QTEST_MAIN(TstDoctorPage)
#include "tst_doctorpage.moc"
