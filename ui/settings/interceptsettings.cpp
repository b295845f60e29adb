// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/interceptsettings.h"

#include "ui/captureservices.h"
#include "ui/settings/pathedit.h"
#include "ui/settings/sourceeditor.h"
#include "ui/widgets/authoritydialogs.h"
#include "ui/widgets/upstreamedit.h"

#include <algorithm>

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

InterceptSettings::InterceptSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Proxy and certificate"), parent)
    , m_answer(new QComboBox)
    , m_domains(new QLineEdit)
    , m_upstream(new UpstreamEdit)
    , m_trusted(new PathEdit(PathEdit::Count::One, tr("Trusted certificates"),
                             tr("Certificates (*.pem *.crt);;All files (*)")))
    , m_answerRow(addRow(tr("Event calls through the proxy"),
                         tr("Answered here once they are stored, or passed on to Segment and its answer "
                            "handed back byte for byte. Scripts and settings come from the real host."),
                         m_answer))
    , m_domainsRow(addRow(tr("Custom domains"),
                          tr("Decrypted beside Segment’s own, with all that lies below them: t.example.com. "
                             "Every other host passes through untouched."),
                          m_domains))
    , m_upstreamRow(addRow(tr("Upstream proxy"),
                           tr("Empty: as the environment says (HTTPS_PROXY). none: direct. Else "
                              "http://user:password@host:port."),
                           m_upstream))
    , m_trustedRow(addRow(tr("Trusted certificates"),
                          tr("A PEM file trusted for real hosts beside the system’s certificates."),
                          m_trusted))
{
    m_answer->setObjectName(u"proxyAnswer"_s);
    m_answer->addItem(tr("Answered here"), static_cast<int>(capture::ProxyAnswer::Here));
    m_answer->addItem(tr("Passed on to Segment"), static_cast<int>(capture::ProxyAnswer::PassOn));
    m_domains->setObjectName(u"proxyDomains"_s);
    m_domains->setPlaceholderText(u"t.example.com, events.example.org"_s);
    m_upstream->setObjectName(u"proxyUpstream"_s);
    m_trusted->field().setObjectName(u"proxyTrusted"_s);
    addCertificate();
    connect(m_answer, &QComboBox::activated, this, [this] {
        change(m_answerRow, [this](capture::ProxyOptions &options) {
            options.answer = static_cast<capture::ProxyAnswer>(m_answer->currentData().toInt());
        });
    });
    connect(m_domains, &QLineEdit::editingFinished, this, &InterceptSettings::takeDomains);
    connect(m_upstream, &UpstreamEdit::proxyEntered, this, [this](const QString &proxy) {
        change(m_upstreamRow, [&proxy](capture::ProxyOptions &options) { options.upstreamProxy = proxy; });
    });
    connect(m_trusted, &PathEdit::edited, this, [this] {
        change(m_trustedRow,
               [this](capture::ProxyOptions &options) { options.trustedPem = m_trusted->paths().value(0); });
    });
    if (const CaptureServices *capture = services.captureServices()) {
        connect(capture, &CaptureServices::authorityChanged, this, &InterceptSettings::showCertificate);
        connect(capture, &CaptureServices::proxyChanged, this, &InterceptSettings::refresh);
    }
    InterceptSettings::refresh();
}

void InterceptSettings::addCertificate()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    auto *name = new QLabel(tr("Certificate authority"), box);
    dress(*name, m_theme, FontRole::Body, Role::Text);
    auto *help = new QLabel(
        tr("Made on this machine, for this machine. It can vouch for Segment’s domains, yours above, "
           "localhost and private addresses, and for nothing else, even when stolen."),
        box);
    help->setWordWrap(true);
    dress(*help, m_theme, FontRole::Meta, Role::TextSecondary);
    m_state = new QLabel(box);
    m_state->setObjectName(u"authorityState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_state, m_theme, FontRole::Body, Role::Text);
    m_make = new QPushButton(box);
    m_make->setObjectName(u"makeAuthority"_s);
    m_make->setAutoDefault(false);
    m_export = new QToolButton(box);
    m_export->setObjectName(u"exportAuthority"_s);
    m_export->setText(tr("Export"));
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto *formats = new QMenu(m_export);
    const auto offer = [&](const QString &text, tls::ExportFormat format) {
        connect(formats->addAction(text), &QAction::triggered, this, [this, format] { exportTo(format); });
    };
    offer(tr("PEM (Linux, Node, curl, Firefox)…"), tls::ExportFormat::Pem);
    offer(tr("DER (Windows, Android, Java)…"), tls::ExportFormat::Der);
    offer(tr("Apple profile (iOS, macOS)…"), tls::ExportFormat::MobileConfig);
    m_export->setMenu(formats);
    m_remove = new QPushButton(tr("Remove…"), box);
    m_remove->setObjectName(u"removeAuthority"_s);
    m_remove->setAutoDefault(false);
    setButtonKind(*m_remove, ButtonKind::Danger);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_make);
    buttons->addWidget(m_export);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    column->addWidget(name);
    column->addWidget(help);
    column->addWidget(m_state);
    column->addLayout(buttons);
    m_certificateRow =
        addWide(box, tr("Certificate authority CA fingerprint export PEM DER mobileconfig TLS HTTPS"));

    connect(m_make, &QPushButton::clicked, this, [this] {
        CaptureServices *capture = m_services.captureServices();
        if (capture == nullptr)
            return;
        if (!capture->authorityState().exists) {
            capture->makeAuthority();
            return;
        }
        askForNewAuthority(*capture, *this);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (CaptureServices *capture = m_services.captureServices())
            askToRemoveAuthority(*capture, *this);
    });
}

void InterceptSettings::refresh()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    const capture::ProxyOptions options = capture->proxyOptions();
    m_answer->setCurrentIndex(m_answer->findData(static_cast<int>(options.answer)));
    m_domains->setText(options.domains.join(u", "_s));
    m_upstream->setProxy(options.upstreamProxy);
    m_trusted->setPaths(options.trustedPem.isEmpty() ? QStringList() : QStringList{options.trustedPem});
    showCertificate();
}

void InterceptSettings::showCertificate()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    const CaptureServices::AuthorityState state = capture->authorityState();
    m_export->setEnabled(state.exists);
    m_remove->setEnabled(state.exists);
    m_make->setText(state.exists ? tr("Make a new one…") : tr("Make the certificate"));
    if (!state.exists) {
        m_state->setText(tr("There is none yet; it is made when it is first needed."));
        return;
    }
    const QDateTime until = QDateTime::fromMSecsSinceEpoch(state.info.notAfterUs / 1'000);
    const QString date = QLocale().toString(until.date(), QLocale::LongFormat);
    QStringList lines{state.info.name, state.isExpired ? tr("Expired on %1: make a new one").arg(date)
                                                       : tr("Valid until %1").arg(date)};
    if (!state.info.domains.isEmpty())
        lines.append(tr("Also for %1").arg(state.info.domains.join(u", "_s)));
    lines.append(tr("SHA-256 %1").arg(fingerprintText(state.info.sha256)));
    lines.append(state.info.certificatePath);
    m_state->setText(lines.join(u'\n'));
}

void InterceptSettings::change(int row, const std::function<void(capture::ProxyOptions &)> &how)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    capture::ProxyOptions options = capture->proxyOptions();
    how(options);
    report(row, capture->setProxyOptions(options));
}

void InterceptSettings::takeDomains()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    const QStringList before = capture->proxyOptions().domains;
    const QStringList wanted = listOf(m_domains->text().toLower());
    clearError(m_domainsRow);
    if (std::ranges::any_of(before, [&](const QString &domain) { return !wanted.contains(domain); }))
        change(m_domainsRow, [&](capture::ProxyOptions &options) {
            options.domains.removeIf([&](const QString &domain) { return !wanted.contains(domain); });
        });
    QStringList added = wanted;
    added.removeIf([&](const QString &domain) { return before.contains(domain); });
    // What stands in the field is what holds: a domain that is asked about is not there yet.
    m_domains->setText(capture->proxyOptions().domains.join(u", "_s));
    addDomains(added);
}

void InterceptSettings::addDomains(QStringList domains)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr || domains.isEmpty())
        return;
    const QString first = domains.takeFirst();
    addCustomDomain(*capture, first, *this, [this, domains](const base::Result<void> &added) {
        report(m_domainsRow, added);
        refresh();
        if (added)
            addDomains(domains);
    });
}

void InterceptSettings::exportTo(tls::ExportFormat format)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    saveAuthority(*capture, format, *this, [this](const base::Result<QString> &saved) {
        if (saved)
            clearError(m_certificateRow);
        else
            showError(m_certificateRow, saved.error());
    });
}

void InterceptSettings::reset()
{
    change(m_domainsRow, [](capture::ProxyOptions &options) { options = {}; });
}

} // namespace ui
