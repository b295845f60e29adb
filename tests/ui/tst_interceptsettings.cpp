// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/interceptsettings.h"

#include "tests/support/fakeservices.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TstInterceptSettings final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void theAnswerIsChosen();
    void aDomainWithoutACertificateNeedsNoQuestion();
    void aDomainWithACertificateAsksFirst();
    void aDomainTheCertificateNamesIsJustAdded();
    void aRemovedDomainIsRemovedAtOnce();
    void theProxysPasswordIsNotShown();
    void aRefusedSettingIsSaidAtTheField();
    void theCertificatesStateIsSaid();
    void makingANewOneAsks();
    void removingAsks();
    void resetBringsBackTheDefaults();

private:
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_group->findChild<Widget *>(QString::fromLatin1(name));
    }
    void type(const char *name, const QString &text) const;
    /// The answer that does it, or the other one.
    void answer(QMessageBox::ButtonRole role) const;
    [[nodiscard]] tests::FakeCaptureServices &capture() const { return m_services->captureFake; }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::InterceptSettings> m_group;
};

void TstInterceptSettings::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.install(*qApp);
}

void TstInterceptSettings::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_group = std::make_unique<ui::InterceptSettings>(*m_services, m_theme, nullptr);
    m_group->resize(640, 600);
    m_group->show();
    QVERIFY(QTest::qWaitForWindowActive(m_group.get()));
}

void TstInterceptSettings::cleanup()
{
    m_group->hide(); // a focused field is left while its group is whole
    m_group.reset();
    m_services.reset();
}

void TstInterceptSettings::type(const char *name, const QString &text) const
{
    auto *edit = find<QLineEdit>(name);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void TstInterceptSettings::answer(QMessageBox::ButtonRole role) const
{
    auto *box = m_group->findChild<QMessageBox *>();
    QVERIFY(box != nullptr);
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == role) {
            button->click();
            break;
        }
    }
    QTRY_VERIFY(m_group->findChild<QMessageBox *>() == nullptr);
}

void TstInterceptSettings::theAnswerIsChosen()
{
    auto *answer = find<QComboBox>("proxyAnswer");
    QCOMPARE(answer->currentIndex(), 0);
    answer->setCurrentIndex(1);
    emit answer->activated(1);
    QCOMPARE(capture().proxy.answer, capture::ProxyAnswer::PassOn);
}

void TstInterceptSettings::aDomainWithoutACertificateNeedsNoQuestion()
{
    type("proxyDomains", u"T.example.com, events.example.org"_s);
    QCOMPARE(capture().proxy.domains, (QStringList{u"t.example.com"_s, u"events.example.org"_s}));
    QVERIFY(m_group->findChild<QMessageBox *>() == nullptr);
    QCOMPARE(capture().authorityMade, 0);
}

void TstInterceptSettings::aDomainWithACertificateAsksFirst()
{
    capture().makeAuthority();
    type("proxyDomains", u"t.example.com"_s);
    QVERIFY(capture().proxy.domains.isEmpty());
    answer(QMessageBox::RejectRole);
    QVERIFY(capture().proxy.domains.isEmpty());
    QCOMPARE(find<QLineEdit>("proxyDomains")->text(), QString());
    type("proxyDomains", u"t.example.com"_s);
    answer(QMessageBox::AcceptRole);
    QCOMPARE(capture().proxy.domains, QStringList{u"t.example.com"_s});
    QCOMPARE(capture().authorityMade, 2);
    QCOMPARE(find<QLineEdit>("proxyDomains")->text(), u"t.example.com"_s);
}

void TstInterceptSettings::aDomainTheCertificateNamesIsJustAdded()
{
    capture().proxy.domains = {u"t.example.com"_s};
    capture().makeAuthority();
    capture().proxy.domains.clear();
    m_group->refresh();
    type("proxyDomains", u"t.example.com"_s);
    QCOMPARE(capture().proxy.domains, QStringList{u"t.example.com"_s});
    QCOMPARE(capture().authorityMade, 1);
}

void TstInterceptSettings::aRemovedDomainIsRemovedAtOnce()
{
    capture().proxy.domains = {u"a.example.com"_s, u"b.example.com"_s};
    capture().makeAuthority();
    m_group->refresh();
    type("proxyDomains", u"b.example.com"_s);
    QCOMPARE(capture().proxy.domains, QStringList{u"b.example.com"_s});
    QVERIFY(m_group->findChild<QMessageBox *>() == nullptr);
}

void TstInterceptSettings::theProxysPasswordIsNotShown()
{
    type("proxyUpstream", u"http://anna:hunter2@proxy.local:3128"_s);
    QCOMPARE(capture().proxy.upstreamProxy, u"http://anna:hunter2@proxy.local:3128"_s);
    auto *edit = find<QLineEdit>("proxyUpstream");
    QVERIFY2(!edit->text().contains(u"hunter2"_s), qPrintable(edit->text()));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Tab);
    QCOMPARE(capture().proxy.upstreamProxy, u"http://anna:hunter2@proxy.local:3128"_s);
}

void TstInterceptSettings::aRefusedSettingIsSaidAtTheField()
{
    capture().proxyError =
        base::Error{base::ErrorCode::BadInput, u"The proxy’s address has no port."_s, {}, {}};
    type("proxyUpstream", u"http://proxy.local"_s);
    const auto labels = m_group->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"has no port"_s);
    }));
}

void TstInterceptSettings::theCertificatesStateIsSaid()
{
    const auto *state = find<QLabel>("authorityState");
    QVERIFY(state->text().contains(u"none yet"_s));
    QVERIFY(!find<QToolButton>("exportAuthority")->isEnabled());
    capture().makeAuthority();
    QVERIFY(state->text().contains(u"Trackside CA of desk"_s));
    QVERIFY(state->text().contains(u"01:01:01"_s));
    QVERIFY(find<QToolButton>("exportAuthority")->isEnabled());
    capture().authority.isExpired = true;
    emit capture().authorityChanged();
    QVERIFY2(state->text().contains(u"Expired"_s), qPrintable(state->text()));
}

void TstInterceptSettings::makingANewOneAsks()
{
    QTest::mouseClick(find<QPushButton>("makeAuthority"), Qt::LeftButton);
    QCOMPARE(capture().authorityMade, 1);
    QTest::mouseClick(find<QPushButton>("makeAuthority"), Qt::LeftButton);
    QCOMPARE(capture().authorityMade, 1);
    answer(QMessageBox::AcceptRole);
    QCOMPARE(capture().authorityMade, 2);
}

void TstInterceptSettings::removingAsks()
{
    capture().makeAuthority();
    QTest::mouseClick(find<QPushButton>("removeAuthority"), Qt::LeftButton);
    QCOMPARE(capture().authorityRemoved, 0);
    answer(QMessageBox::AcceptRole);
    QCOMPARE(capture().authorityRemoved, 1);
    QVERIFY(!find<QPushButton>("removeAuthority")->isEnabled());
}

void TstInterceptSettings::resetBringsBackTheDefaults()
{
    capture().proxy = {.answer = capture::ProxyAnswer::PassOn,
                       .domains = {u"a.example.com"_s},
                       .upstreamProxy = u"none"_s,
                       .trustedPem = u"/tmp/x.pem"_s};
    m_group->refresh();
    m_group->reset();
    m_group->refresh();
    QCOMPARE(capture().proxy.answer, capture::ProxyAnswer::Here);
    QVERIFY(capture().proxy.domains.isEmpty());
    QVERIFY(find<QLineEdit>("proxyTrusted")->text().isEmpty());
    QVERIFY(find<QLineEdit>("proxyUpstream")->text().isEmpty());
}

QTEST_MAIN(TstInterceptSettings)
#include "tst_interceptsettings.moc"
