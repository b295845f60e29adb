// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/windowfixture.h"
#include "ui/captureservices.h"
#include "ui/setup/setuppage.h"
#include "ui/theme/theme.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using tests::Program;

namespace {

constexpr int longMs = 20'000;

/// curl, as an app of its own beside the window.
class Curl
{
public:
    explicit Curl(const QStringList &arguments)
    {
        m_process.start(u"curl"_s,
                        QStringList{u"-s"_s, u"-m"_s, u"10"_s, u"-w"_s, u"%{http_code}"_s} + arguments);
    }
    /// The answer and its status, once it has come; the window goes on meanwhile.
    [[nodiscard]] QByteArray answer()
    {
        if (!QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, longMs)) {
            return "no answer";
        }
        return m_process.readAllStandardOutput();
    }

private:
    QProcess m_process;
};

QByteArray track(const QByteArray &name, const QByteArray &id)
{
    return R"({"type":"track","event":")" + name + R"(","userId":"u1","messageId":")" + id +
           R"(","writeKey":"FAKE_WRITE_KEY_window"})";
}

} // namespace

/// The window's view of capture over the real engine: what a tester does under Setup, and an app beside it.
class TstWindowCapture final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void proxiedCallIsCaptured();
    void untrustingClientIsExplained();
    void sourceIsDefinedAndRenamed();
    void faultIsFollowed();
    void networkAndItsSetupPage();
    void importedTextIsChecked();
    void settingsOutliveTheProgram();

private:
    [[nodiscard]] ui::CaptureServices &capture() const { return *m_program->services().captureServices(); }
    [[nodiscard]] QString url(const QString &path) const
    {
        return u"http://127.0.0.1:%1%2"_s.arg(m_program->port()).arg(path);
    }
    void start();
    [[nodiscard]] QString exportedAuthority();

    ui::Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

void TstWindowCapture::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    qputenv("XDG_DATA_HOME", m_folder->filePath(u"data"_s).toUtf8());
    start();
}

void TstWindowCapture::start()
{
    m_program = std::make_unique<Program>(m_theme, m_folder->path());
    QTRY_VERIFY_WITH_TIMEOUT(m_program->isUp(), longMs);
    QVERIFY2(m_program->services().captureState().isListening,
             qPrintable(m_program->services().captureState().problem.oneLine()));
}

void TstWindowCapture::cleanup()
{
    m_program.reset();
}

QString TstWindowCapture::exportedAuthority()
{
    std::optional<base::Result<QByteArray>> exported;
    capture().exportAuthority(tls::ExportFormat::Pem, this,
                              [&exported](const base::Result<QByteArray> &pem) { exported = pem; });
    if (!QTest::qWaitFor([&exported] { return exported.has_value(); }, longMs) || !*exported) {
        return {};
    }
    QFile file(m_folder->filePath(u"exported.pem"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(**exported) != (*exported)->size()) {
        return {};
    }
    return file.fileName();
}

void TstWindowCapture::proxiedCallIsCaptured()
{
    QVERIFY(!capture().authorityState().exists);
    const QString pem = exportedAuthority();
    QVERIFY(!pem.isEmpty());
    QTRY_VERIFY(capture().authorityState().exists);
    QVERIFY(QFile::exists(capture().authorityState().info.keyPath));
    QCOMPARE(QFile::permissions(capture().authorityState().info.keyPath) &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions{});

    QSignalSpy clients(&capture(), &ui::CaptureServices::clientsChanged);
    Curl curl({u"--proxy"_s, url({}), u"--cacert"_s, pem, u"https://api.segment.io/v1/track"_s, u"-d"_s,
               QString::fromUtf8(track("Order Loaded", "m1"))});
    QCOMPARE(curl.answer(), QByteArray(R"({"success":true}200)"));
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), 1, longMs);
    QTRY_VERIFY(!clients.isEmpty());
    const auto reports = capture().clients();
    QCOMPARE(reports.size(), 1U);
    QVERIFY(reports.front().client.cameBy(capture::Mode::ProxyTls));
    QCOMPARE(reports.front().diagnoses.front().ailment, capture::Ailment::Well);
    QVERIFY(capture().clientName(reports.front().client).contains(u"curl"_s));
}

void TstWindowCapture::untrustingClientIsExplained()
{
    Curl curl(
        {u"--proxy"_s, url({}), u"-A"_s, u"sdk/1"_s, u"https://api.segment.io/v1/track"_s, u"-d"_s, u"{}"_s});
    QCOMPARE(curl.answer(), QByteArray("000"));
    QTRY_VERIFY(!capture().clients().empty());
    const auto reports = capture().clients();
    QCOMPARE(reports.front().diagnoses.front().ailment, capture::Ailment::NotTrusted);
    const auto words = capture().words(reports.front().diagnoses.front(), reports.front().client);
    QVERIFY2(words.what.contains(u"certificate"_s), qPrintable(words.what));
    QVERIFY(!words.next.isEmpty());
    // The same on the page itself.
    m_program->window().showPage(ui::MainWindow::Page::Setup);
    m_program->press(Qt::Key_4, Qt::AltModifier);
    QTRY_VERIFY(Program::textsOf(m_program->window().setup()).contains(words.what));
}

void TstWindowCapture::sourceIsDefinedAndRenamed()
{
    intake::SourceConfig config;
    config.id = u"tracker"_s;
    config.name = u"Tracker"_s;
    config.match.userAgents = {u"sdk/*"_s};
    QVERIFY(capture().setSources({config}));
    QTRY_COMPARE(capture().sources().size(), 1U);
    // The engine is asked for both in order, so it has the source once this is there.
    QVERIFY(!exportedAuthority().isEmpty());
    const auto send = [this](const QByteArray &id) {
        Curl curl({url(u"/v1/track"_s), u"-A"_s, u"sdk/2"_s, u"-d"_s,
                   QString::fromUtf8(track("Order Loaded", id))});
        return curl.answer();
    };
    QCOMPARE(send("m1"), QByteArray(R"({"success":true}200)"));
    const auto names = [this] {
        QStringList found;
        bool isThere = false;
        m_program->services().fetchSources(this, [&](const std::vector<store::Source> &sources) {
            for (const store::Source &source : sources) {
                found += QString::fromLatin1(source.keyHash) + u'=' + source.name;
            }
            isThere = true;
        });
        (void)QTest::qWaitFor([&isThere] { return isThere; }, longMs);
        return found;
    };
    QTRY_COMPARE(names(), QStringList{u"rule:tracker=Tracker"_s});
    config.name = u"Order Tracker"_s;
    QVERIFY(capture().setSources({config}));
    QTRY_COMPARE(names(), QStringList{u"rule:tracker=Order Tracker"_s});

    intake::SourceConfig nothing;
    nothing.id = u"nothing"_s;
    nothing.name = u"Nothing"_s;
    const auto refused = capture().setSources({nothing});
    QVERIFY(!refused);
    QVERIFY(refused.error().oneLine().contains(u"Nothing"_s));
    QCOMPARE(capture().sources().size(), 1U);
}

void TstWindowCapture::faultIsFollowed()
{
    capture::Fault fault;
    fault.kind = capture::Fault::Kind::Status503;
    fault.times = 1;
    fault.retryAfterSeconds = 3;
    const auto begun = capture().startFault(fault);
    QVERIFY2(begun.has_value(), begun ? "" : qPrintable(begun.error().oneLine()));
    const QStringList call{url(u"/v1/track"_s), u"-d"_s, QString::fromUtf8(track("Order Loaded", "m7"))};
    Curl first(call);
    QVERIFY(first.answer().endsWith("503"));
    QTRY_COMPARE(capture().faults().first().missing, 1U);
    Curl second(call);
    QVERIFY(second.answer().endsWith("200"));
    QTRY_COMPARE(capture().faults().first().sentAgain, 1U);
    QCOMPARE(capture().faults().first().missing, 0U);
    QCOMPARE(capture().faults().first().doubled, 0U);
    // The refused request is a row of its own, the event another.
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), 2, longMs);
}

void TstWindowCapture::networkAndItsSetupPage()
{
    QVERIFY(!capture().networkState().isOn);
    capture().listenOnNetwork(QHostAddress(u"127.0.0.2"_s));
    QTRY_VERIFY_WITH_TIMEOUT(capture().networkState().isOn, longMs);
    const QUrl page = capture().networkState().setupPage;
    QCOMPARE(page.host(), u"127.0.0.2"_s);
    QVERIFY(page.query().startsWith(u"code="_s));
    Curl curl({page.toString()});
    const QByteArray html = curl.answer();
    QVERIFY(html.startsWith("<!doctype html>") && html.endsWith("200"));
    capture().leaveNetwork();
    QTRY_VERIFY_WITH_TIMEOUT(!capture().networkState().isOn, longMs);
    Curl gone({page.toString()});
    QCOMPARE(gone.answer(), QByteArray("000"));
}

void TstWindowCapture::importedTextIsChecked()
{
    std::optional<base::Result<ui::CaptureServices::Imported>> result;
    const auto done = [&result](const base::Result<ui::CaptureServices::Imported> &imported) {
        result = imported;
    };
    capture().importText(track("Order Loaded", "m1") + "\nno json\n" + track("Button Clicked", "m2"),
                         u"clipboard"_s, this, done);
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), longMs);
    QVERIFY2(result->has_value(), *result ? "" : qPrintable(result->error().oneLine()));
    QCOMPARE((*result)->events, 2U);
    QCOMPARE((*result)->report.problems.size(), 1U);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), 2, longMs);

    result.reset();
    capture().importFile(m_folder->filePath(u"none.ndjson"_s), this, done);
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), longMs);
    QVERIFY(!*result);
    QVERIFY(result->error().what.contains(u"none.ndjson"_s));

    // A long one, cancelled: what was stored stays, and the next one runs.
    result.reset();
    QByteArray many;
    for (int i = 0; i < 200'000; ++i) {
        many += track("Order Loaded", "long-" + QByteArray::number(i)) + '\n';
    }
    QSignalSpy progress(&capture(), &ui::CaptureServices::importProgressed);
    capture().importText(many, u"clipboard"_s, this, done);
    QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty(), longMs);
    capture().cancelImports();
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), longMs);
    QVERIFY(!*result);
    QCOMPARE(result->error().code, base::ErrorCode::Cancelled);
    result.reset();
    capture().importText(track("Order Loaded", "last"), u"clipboard"_s, this, done);
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), longMs);
    QVERIFY(result->has_value());
}

void TstWindowCapture::settingsOutliveTheProgram()
{
    capture::ProxyOptions options = capture().proxyOptions();
    options.answer = capture::ProxyAnswer::PassOn;
    options.domains = {u"t.example.com"_s};
    options.upstreamProxy = u"http://user:secret@127.0.0.1:3128"_s;
    const auto set = capture().setProxyOptions(options);
    QVERIFY2(set.has_value(), set ? "" : qPrintable(set.error().oneLine()));
    segment::HealthOptions health = capture().health();
    health.lateSeconds = 900;
    capture().setHealth(health);
    capture().setDeviceAccess(capture::Devices::Access::Everyone);
    capture().makeAuthority();
    QTRY_VERIFY(capture().authorityState().exists);
    QTRY_COMPARE(capture().authorityState().info.domains, QStringList{u"t.example.com"_s});
    options.upstreamProxy = u"socks5://127.0.0.1:1080"_s;
    QVERIFY(!capture().setProxyOptions(options));

    m_program.reset();
    start();
    QCOMPARE(capture().proxyOptions().answer, capture::ProxyAnswer::PassOn);
    QCOMPARE(capture().proxyOptions().domains, QStringList{u"t.example.com"_s});
    QCOMPARE(capture().proxyOptions().upstreamProxy, u"http://user:secret@127.0.0.1:3128"_s);
    QCOMPARE(capture().health().lateSeconds, 900);
    QCOMPARE(capture().deviceAccess(), capture::Devices::Access::Everyone);
    QTRY_VERIFY(capture().authorityState().exists);
    // The login lies beside the other secrets, not among the settings.
    QFile settings(m_folder->filePath(u"config/settings.json"_s));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    QVERIFY(!settings.readAll().contains("secret"));
}

QTEST_MAIN(TstWindowCapture)
#include "tst_windowcapture.moc"
