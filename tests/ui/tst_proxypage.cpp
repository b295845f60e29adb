// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakeservices.h"
#include "ui/setup/chooser.h"
#include "ui/setup/copyline.h"
#include "ui/setup/platform.h"
#include "ui/setup/proxypage.h"
#include "ui/widgets/upstreamedit.h"

#include <memory>

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TstProxyPage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everyPlatformIsComplete();
    void copiesTheAddress();
    void linesHoldAddressAndCertificate();
    void pathsWithSpacesAreQuoted();
    void remembersThePlatform();
    void anotherMachineNeedsTheNetwork();
    void saysWhatItCannotSee();
    void makesTheCertificate();
    void certificateSaysWhatItVouchesFor();
    void expiredCertificate();
    void savesTheCertificate_data();
    void savesTheCertificate();
    void savingFails();
    void newAuthorityIsAskedFor();
    void removalIsAskedFor();
    void addsADomain();
    void addingToAnAuthorityAsks();
    void declinedDomainIsNotAdded();
    void removesADomain();
    void refusedDomainSaysWhy();
    void choosesWhoAnswers();
    void upstreamProxy();
    void upstreamPasswordIsNotShown();
    void controlsHaveNames();

private:
    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_page->findChild<Widget *>(name);
    }
    /// Everything the page says, lines to copy too.
    [[nodiscard]] QString text() const
    {
        QStringList texts;
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        for (const ui::CopyLine *line : m_page->findChildren<ui::CopyLine *>()) {
            if (line->isVisible())
                texts.append(line->code());
        }
        return texts.join(u'\n');
    }
    void press(const QString &name) const { QTest::keyClick(find<QPushButton>(name), Qt::Key_Space); }
    /// Answers the question that is open, by its button's text.
    void answer(const QString &question, const QString &button) const
    {
        auto *box = find<QMessageBox>(question);
        QVERIFY(box != nullptr);
        for (QAbstractButton *one : box->buttons()) {
            if (one->text() == button) {
                QTest::keyClick(one, Qt::Key_Space);
                return;
            }
        }
        QFAIL(qPrintable(u"There is no button "_s + button));
    }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    tests::FakeCaptureServices *m_capture = nullptr;
    std::unique_ptr<ui::ProxyPage> m_page;
};

void TstProxyPage::initTestCase()
{
    m_theme.install(*qApp);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void TstProxyPage::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_capture = &m_services->captureFake;
    m_page = std::make_unique<ui::ProxyPage>(*m_services, *m_capture, m_theme);
    m_page->resize(1080, 700);
    m_page->show();
}

void TstProxyPage::cleanup()
{
    m_page.reset();
    m_services.reset();
}

void TstProxyPage::everyPlatformIsComplete()
{
    QStringList ids, groups;
    const ui::PlatformFacts facts{.address = {QHostAddress(QHostAddress::LocalHost), 8765},
                                  .certificatePath = u"/data/ca.pem"_s,
                                  .authorityName = u"Trackside CA of desk"_s};
    for (const ui::Platform &platform : ui::loadPlatforms()) {
        QVERIFY2(!platform.name.isEmpty() && !ids.contains(platform.id), qPrintable(platform.id));
        ids.append(platform.id);
        groups.append(platform.group);
        QString all;
        for (const auto *steps : {&platform.trust, &platform.route, &platform.undo}) {
            QVERIFY2(!steps->empty(), qPrintable(platform.id));
            for (const ui::Platform::Step &step : *steps) {
                QVERIFY2(!step.text.isEmpty(), qPrintable(platform.id));
                all += ui::withFacts(step.text + step.code, facts);
            }
        }
        QVERIFY2(!all.contains(u"{{"_s), qPrintable(all));
        QVERIFY2(all.contains(u"8765"_s), qPrintable(platform.id));
    }
    groups.removeDuplicates();
    QCOMPARE(groups, (QStringList{u"system"_s, u"browser"_s, u"runtime"_s, u"mobile"_s}));
    for (const char *id : {"debian", "fedora", "macos", "windows", "firefox", "chromium", "node", "java",
                           "android", "ios-simulator"})
        QVERIFY2(ids.contains(QString::fromLatin1(id)), id);
}

void TstProxyPage::copiesTheAddress()
{
    QSignalSpy said(m_page.get(), &ui::ProxyPage::said);
    press(u"copyProxy"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"127.0.0.1:8765"_s);
    QCOMPARE(said.count(), 1);
    m_services->state.addresses = {{QHostAddress(QHostAddress::LocalHost), 9000}};
    emit m_services->captureStateChanged();
    QCOMPARE(m_page->address(), u"127.0.0.1:9000"_s);
}

void TstProxyPage::linesHoldAddressAndCertificate()
{
    m_capture->makeAuthority();
    m_page->chooser().choose(u"debian"_s);
    QVERIFY(text().contains(u"sudo cp /home/anna/.local/share/trackside/ca/ca.pem \\\n"
                            "  /usr/local/share/ca-certificates/trackside.crt"_s));
    QVERIFY(text().contains(u"https_proxy=http://127.0.0.1:8765"_s));
    QVERIFY(text().contains(u"sudo rm /usr/local/share/ca-certificates/trackside.crt"_s));
    m_page->chooser().choose(u"node"_s);
    QVERIFY(text().contains(u"NODE_EXTRA_CA_CERTS=/home/anna/.local/share/trackside/ca/ca.pem"_s));
    QVERIFY(!text().contains(u"update-ca-certificates"_s));
}

void TstProxyPage::pathsWithSpacesAreQuoted()
{
    const ui::PlatformFacts facts{.address = {QHostAddress(QHostAddress::LocalHost), 8765},
                                  .certificatePath = u"/home/Anna's files/ca.pem"_s,
                                  .authorityName = {}};
    QCOMPARE(ui::withFacts(u"cat {{certificate}}"_s, facts), u"cat '/home/Anna'\\''s files/ca.pem'"_s);
}

void TstProxyPage::remembersThePlatform()
{
    m_page->chooser().choose(u"java"_s);
    QCOMPARE(m_services->settings().text(base::keys::setupPlatform), u"java"_s);
    ui::ProxyPage again(*m_services, *m_capture, m_theme);
    again.show();
    const auto lines = again.findChildren<ui::CopyLine *>();
    QVERIFY(std::ranges::any_of(
        lines, [](const ui::CopyLine *line) { return line->code().contains(u"keytool"_s); }));
}

void TstProxyPage::anotherMachineNeedsTheNetwork()
{
    QSignalSpy phone(m_page.get(), &ui::ProxyPage::phoneWanted);
    auto *advice = find<QWidget>(u"awayAdvice"_s);
    m_page->chooser().choose(u"debian"_s);
    QVERIFY(!advice->isVisible());
    m_page->chooser().choose(u"macos"_s);
    QVERIFY(advice->isVisible());
    QCOMPARE(m_page->address(), u"192.168.1.20:8765"_s);
    QTest::keyClick(advice->findChild<QPushButton *>(), Qt::Key_Space);
    QCOMPARE(phone.count(), 1);
    m_capture->listenOnNetwork(QHostAddress(u"10.0.0.7"_s));
    QVERIFY(!advice->isVisible());
    QCOMPARE(m_page->address(), u"10.0.0.7:8765"_s);
    QVERIFY(text().contains(u"networksetup -setwebproxy Wi-Fi 10.0.0.7 8765"_s));
    m_capture->interfaces.clear();
    m_capture->leaveNetwork();
    QCOMPARE(m_page->address(), u"THIS-MACHINE:8765"_s);
}

void TstProxyPage::saysWhatItCannotSee()
{
    const QString all = text();
    for (const QString &part : {u"local network access"_s, u"ignores the proxy"_s, u"pins its certificates"_s,
                                u"allowInsecureProxy: true"_s})
        QVERIFY2(all.contains(part), qPrintable(part));
}

void TstProxyPage::makesTheCertificate()
{
    QVERIFY(text().contains(u"There is no certificate yet"_s));
    QVERIFY(!find<QPushButton>(u"removeCertificate"_s)->isVisible());
    press(u"makeCertificate"_s);
    QCOMPARE(m_capture->authorityMade, 1);
    QVERIFY(find<QMessageBox>(u"newAuthorityQuestion"_s) == nullptr);
    QVERIFY(text().contains(u"Trackside CA of desk, number 1"_s));
}

void TstProxyPage::certificateSaysWhatItVouchesFor()
{
    m_capture->proxy.domains = {u"t.example.com"_s};
    m_capture->makeAuthority();
    const QString all = text();
    QVERIFY(all.contains(u"segment.io"_s));
    QVERIFY(all.contains(u"t.example.com"_s));
    QVERIFY(all.contains(u"even if its key were stolen"_s));
    const QString half = QString(u"01:"_s).repeated(16).chopped(1);
    QVERIFY(all.contains(u"SHA-256 "_s + half + u'\n' + half));
    QVERIFY(all.contains(u"2027"_s)); // a year after it was made
    QVERIFY(all.contains(u"/home/anna/.local/share/trackside/ca/ca.pem"_s));
    QVERIFY(!all.contains(u"ca.key"_s));
}

void TstProxyPage::expiredCertificate()
{
    m_capture->makeAuthority();
    m_capture->authority.isExpired = true;
    emit m_capture->authorityChanged();
    QVERIFY(text().contains(u"number 1 has expired"_s));
    press(u"makeCertificate"_s); // nothing to lose: not asked
    QCOMPARE(m_capture->authorityMade, 2);
    QVERIFY(!text().contains(u"has expired"_s));
}

void TstProxyPage::savesTheCertificate_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("file");
    QTest::newRow("PEM") << u"exportPem"_s << static_cast<int>(tls::ExportFormat::Pem) << u"a.pem"_s;
    QTest::newRow("DER") << u"exportDer"_s << static_cast<int>(tls::ExportFormat::Der) << u"a.crt"_s;
    QTest::newRow("mobileconfig") << u"exportMobileConfig"_s
                                  << static_cast<int>(tls::ExportFormat::MobileConfig) << u"a.mobileconfig"_s;
}

void TstProxyPage::savesTheCertificate()
{
    QFETCH(QString, button);
    QFETCH(int, format);
    QFETCH(QString, file);
    QSignalSpy said(m_page.get(), &ui::ProxyPage::said);
    press(button);
    auto *dialog = find<QFileDialog>(u"saveCertificate"_s);
    QVERIFY(dialog != nullptr); // and we are here: it does not block
    const QString path = m_services->directory.filePath(file);
    emit dialog->fileSelected(path);
    QCOMPARE(m_capture->exports, QList{static_cast<tls::ExportFormat>(format)});
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), m_capture->exported);
    QCOMPARE(said.count(), 1);
    // What was saved as PEM is where the commands take it from.
    m_page->chooser().choose(u"node"_s);
    QCOMPARE(text().contains(u"NODE_EXTRA_CA_CERTS="_s + path),
             format == static_cast<int>(tls::ExportFormat::Pem));
}

void TstProxyPage::savingFails()
{
    QSignalSpy failed(m_services.get(), &ui::Services::failed);
    m_capture->exportError = base::Error{.code = base::ErrorCode::Io,
                                         .what = u"The certificate could not be made."_s,
                                         .why = u"The disk is full."_s,
                                         .fix = u"Make room."_s};
    press(u"exportPem"_s);
    emit find<QFileDialog>(u"saveCertificate"_s)->fileSelected(m_services->directory.filePath(u"a.pem"_s));
    QCOMPARE(failed.count(), 1);
    m_capture->exportError.reset();
    press(u"exportDer"_s);
    emit m_page->findChildren<QFileDialog *>(u"saveCertificate"_s)
        .back()
        ->fileSelected(u"/nowhere/at/all/a.crt"_s);
    QCOMPARE(failed.count(), 2);
}

void TstProxyPage::newAuthorityIsAskedFor()
{
    m_capture->makeAuthority();
    press(u"makeCertificate"_s);
    QCOMPARE(m_capture->authorityMade, 1);
    answer(u"newAuthorityQuestion"_s, u"Make a new one"_s);
    QCOMPARE(m_capture->authorityMade, 2);
}

void TstProxyPage::removalIsAskedFor()
{
    m_capture->makeAuthority();
    press(u"removeCertificate"_s);
    QCOMPARE(m_capture->authorityRemoved, 0);
    answer(u"removeAuthorityQuestion"_s, u"Delete it"_s);
    QCOMPARE(m_capture->authorityRemoved, 1);
    QVERIFY(text().contains(u"There is no certificate yet"_s));
}

void TstProxyPage::addsADomain()
{
    auto *edit = find<QLineEdit>(u"domainEdit"_s);
    QVERIFY(!find<QPushButton>(u"domainAdd"_s)->isEnabled());
    QTest::keyClicks(edit, u" T.Example.com"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_capture->proxy.domains, QStringList{u"t.example.com"_s});
    QCOMPARE(m_capture->authorityMade, 0); // none is there yet that would have to be made anew
    QVERIFY(edit->text().isEmpty());
    QVERIFY(text().contains(u"t.example.com"_s));
}

void TstProxyPage::addingToAnAuthorityAsks()
{
    m_capture->makeAuthority();
    QTest::keyClicks(find<QLineEdit>(u"domainEdit"_s), u"t.example.com"_s);
    press(u"domainAdd"_s);
    auto *box = find<QMessageBox>(u"addDomainQuestion"_s);
    QVERIFY(box->informativeText().contains(u"must install the new one"_s));
    QVERIFY(m_capture->proxy.domains.isEmpty());
    answer(u"addDomainQuestion"_s, u"Add it and make a new one"_s);
    QCOMPARE(m_capture->proxy.domains, QStringList{u"t.example.com"_s});
    QCOMPARE(m_capture->authorityMade, 2);
    QCOMPARE(m_capture->authority.info.domains, QStringList{u"t.example.com"_s});
}

void TstProxyPage::declinedDomainIsNotAdded()
{
    m_capture->makeAuthority();
    QTest::keyClicks(find<QLineEdit>(u"domainEdit"_s), u"t.example.com"_s);
    press(u"domainAdd"_s);
    answer(u"addDomainQuestion"_s, u"Don’t add it"_s);
    QVERIFY(m_capture->proxy.domains.isEmpty());
    QCOMPARE(m_capture->authorityMade, 1);
    QCOMPARE(find<QLineEdit>(u"domainEdit"_s)->text(), u"t.example.com"_s);
}

void TstProxyPage::removesADomain()
{
    m_capture->proxy.domains = {u"t.example.com"_s, u"u.example.com"_s};
    m_capture->makeAuthority();
    auto *remove = m_page->findChildren<QToolButton *>(u"domainRemove"_s).front();
    QCOMPARE(remove->accessibleName(), u"Remove t.example.com"_s);
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(m_capture->proxy.domains, QStringList{u"u.example.com"_s});
    QCOMPARE(m_capture->authorityMade, 1);
    QVERIFY(text().contains(u"The certificate still names t.example.com"_s));
}

void TstProxyPage::refusedDomainSaysWhy()
{
    m_capture->proxyError = base::Error{.code = base::ErrorCode::BadInput,
                                        .what = u"“com” can’t be decrypted."_s,
                                        .why = u"It is a public suffix."_s,
                                        .fix = u"Name your own domain."_s};
    QTest::keyClicks(find<QLineEdit>(u"domainEdit"_s), u"com"_s);
    press(u"domainAdd"_s);
    const auto *error = find<QLabel>(u"domainError"_s);
    QVERIFY(error->isVisible());
    QVERIFY(error->text().contains(u"public suffix"_s));
    QTest::keyClicks(find<QLineEdit>(u"domainEdit"_s), u"x"_s);
    QVERIFY(!error->isVisible());
}

void TstProxyPage::choosesWhoAnswers()
{
    QVERIFY(find<QRadioButton>(u"answerHere"_s)->isChecked());
    QTest::keyClick(find<QRadioButton>(u"answerPassOn"_s), Qt::Key_Space);
    QCOMPARE(m_capture->proxy.answer, capture::ProxyAnswer::PassOn);
    capture::ProxyOptions options = m_capture->proxy;
    options.answer = capture::ProxyAnswer::Here;
    QVERIFY(m_capture->setProxyOptions(options).has_value()); // in the settings, say
    QVERIFY(find<QRadioButton>(u"answerHere"_s)->isChecked());
}

void TstProxyPage::upstreamProxy()
{
    auto *edit = find<ui::UpstreamEdit>(u"upstreamProxy"_s);
    m_page->focusUpstream();
    QTest::keyClicks(edit, u"http://proxy.example.com:3128"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_capture->proxy.upstreamProxy, u"http://proxy.example.com:3128"_s);
    m_capture->proxyError = base::Error{.code = base::ErrorCode::BadInput,
                                        .what = u"The upstream proxy can’t be read."_s,
                                        .why = u"It has no port."_s,
                                        .fix = {}};
    edit->selectAll();
    QTest::keyClicks(edit, u"http://proxy"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(find<QLabel>(u"upstreamError"_s)->isVisible());
    QVERIFY(find<QLabel>(u"upstreamError"_s)->text().contains(u"no port"_s));
    QCOMPARE(m_capture->proxy.upstreamProxy, u"http://proxy.example.com:3128"_s);
}

void TstProxyPage::upstreamPasswordIsNotShown()
{
    auto *edit = find<ui::UpstreamEdit>(u"upstreamProxy"_s);
    m_capture->proxy.upstreamProxy = u"http://anna:s3cret@proxy.example.com:3128"_s;
    emit m_capture->proxyChanged();
    QVERIFY(edit->text().contains(u"anna"_s));
    QVERIFY(!edit->text().contains(u"s3cret"_s));
    // Another port, the same password.
    edit->setText(edit->text().replace(u"3128"_s, u"8080"_s));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_capture->proxy.upstreamProxy, u"http://anna:s3cret@proxy.example.com:8080"_s);
    QVERIFY(!edit->text().contains(u"s3cret"_s));
}

void TstProxyPage::controlsHaveNames()
{
    m_capture->proxy.domains = {u"t.example.com"_s};
    m_capture->makeAuthority();
    for (const QWidget *widget : m_page->findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible())
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool hasText = button != nullptr && !button->text().isEmpty();
        QVERIFY2(
            hasText || !widget->accessibleName().isEmpty(),
            qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
    }
}

QTEST_MAIN(TstProxyPage)
#include "tst_proxypage.moc"
