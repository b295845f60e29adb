// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/certificatecard.h"

#include "ui/setup/guide.h"
#include "ui/widgets/authoritydialogs.h"
#include "ui/widgets/flowlayout.h"

#include <QDateTime>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

CertificateCard::CertificateCard(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : Card(theme, parent)
    , m_capture(capture)
    , m_icon(new QLabel(this))
    , m_name(paragraph(theme, FontRole::BodyStrong, Role::Text, {}, this))
    , m_promise(paragraph(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_facts(paragraph(theme, FontRole::Meta, Role::TextSecondary, {}, this))
    , m_make(new QPushButton(this))
    , m_remove(new QPushButton(tr("Delete…"), this))
{
    setObjectName(u"certificateCard"_s);
    setAccessibleName(tr("Certificate authority"));
    m_facts->setObjectName(u"certificateFacts"_s);
    m_make->setObjectName(u"makeCertificate"_s);
    m_remove->setObjectName(u"removeCertificate"_s);
    m_remove->setAccessibleName(tr("Delete the certificate authority"));
    setButtonKind(*m_make, ButtonKind::Quiet);
    setButtonKind(*m_remove, ButtonKind::Danger);

    auto *title = new QHBoxLayout;
    title->setSpacing(space::s);
    title->addWidget(m_icon, 0, Qt::AlignTop);
    title->addWidget(m_name, 1);
    auto *exports = new FlowLayout;
    exports->setSpacing(space::s);
    exports->addWidget(makeExport(tr("Save PEM…"), u"exportPem"_s, tls::ExportFormat::Pem));
    exports->addWidget(makeExport(tr("Save DER…"), u"exportDer"_s, tls::ExportFormat::Der));
    exports->addWidget(
        makeExport(tr("Save .mobileconfig…"), u"exportMobileConfig"_s, tls::ExportFormat::MobileConfig));
    exports->addWidget(m_make);
    exports->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::m, space::m, space::m);
    column->setSpacing(space::s);
    column->addLayout(title);
    column->addWidget(m_promise);
    column->addWidget(m_facts);
    column->addLayout(exports);

    connect(m_make, &QPushButton::clicked, this, [this] {
        const CaptureServices::AuthorityState state = m_capture.authorityState();
        if (state.exists && !state.isExpired)
            askForNewAuthority(m_capture, *this);
        else
            m_capture.makeAuthority();
    });
    connect(m_remove, &QPushButton::clicked, this, [this] { askToRemoveAuthority(m_capture, *this); });
    connect(&theme, &Theme::changed, this, &CertificateCard::refresh);
    refresh();
}

QPushButton *CertificateCard::makeExport(const QString &text, const QString &name, tls::ExportFormat format)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(tr("The certificate alone; its key never leaves this machine"));
    connect(button, &QPushButton::clicked, this, [this, format] {
        saveAuthority(m_capture, format, *this, [this, format](const base::Result<QString> &path) {
            if (!path) {
                emit failed(path.error());
                return;
            }
            emit said(tr("Saved as %1").arg(QDir::toNativeSeparators(*path)));
            emit saved(format, *path);
        });
    });
    return button;
}

void CertificateCard::refresh()
{
    const CaptureServices::AuthorityState state = m_capture.authorityState();
    const tls::AuthorityInfo &info = state.info;
    const bool isGood = state.exists && !state.isExpired;
    const Tone tone = isGood ? Tone{Role::Valid, Role::Surface, Icon::Valid}
                             : (state.exists ? Tone{Role::Violation, Role::Surface, Icon::Violation}
                                             : Tone{Role::Unchecked, Role::Surface, Icon::Unchecked});
    m_icon->setPixmap(theme().pixmap(tone.icon, tone.word, 16, devicePixelRatioF()));
    m_remove->setVisible(state.exists);
    m_facts->setVisible(state.exists);
    if (!state.exists) {
        m_name->setText(tr("There is no certificate yet"));
        m_promise->setText(
            tr("It is made on this machine the first time it is needed. It will be able to vouch for %1 and "
               "addresses of this machine and private networks, for nothing else, even if it were stolen.")
                .arg(
                    QLocale().createSeparatedList(tls::builtInDomains() + m_capture.proxyOptions().domains)));
        m_make->setText(tr("Make it now"));
        return;
    }
    const QDateTime until = QDateTime::fromMSecsSinceEpoch(info.notAfterUs / 1000);
    const QString untilText = QLocale().toString(until.date(), QLocale::LongFormat);
    m_name->setText(state.isExpired ? tr("%1 has expired").arg(info.name) : info.name);
    m_promise->setText(
        state.isExpired
            ? tr("Nothing trusts it any longer. Make a new one and install it where this one was.")
            : tr("It can vouch for %1 and what lies below them, and for addresses of this machine and "
                 "private networks. For nothing else: no bank, no mail, even if its key were stolen.")
                  .arg(QLocale().createSeparatedList(vouchedDomains(info))));
    // In two lines, so that the card can be narrow; it is there to be compared, not to be copied.
    const QString fingerprint = fingerprintText(info.sha256);
    m_facts->setText((state.isExpired ? tr("Was valid until %1") : tr("Valid until %1")).arg(untilText) +
                     u'\n' + tr("SHA-256 %1").arg(fingerprint.left(47)) + u'\n' + fingerprint.mid(48) +
                     u'\n' + tr("File %1").arg(info.certificatePath));
    m_make->setText(tr("Make a new one…"));
}

} // namespace ui
