// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/authoritydialogs.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Dialogs
{
    Q_DECLARE_TR_FUNCTIONS(AuthorityDialogs)
};

struct ExportNames
{
    QString file, filter;
};

ExportNames namesOf(tls::ExportFormat format)
{
    switch (format) {
    case tls::ExportFormat::Pem:
        return {u"trackside-ca.pem"_s, Dialogs::tr("PEM certificate (*.pem)")};
    case tls::ExportFormat::Der:
        return {u"trackside-ca.crt"_s, Dialogs::tr("DER certificate (*.crt *.cer *.der)")};
    case tls::ExportFormat::MobileConfig:
        return {u"trackside.mobileconfig"_s, Dialogs::tr("Apple profile (*.mobileconfig)")};
    }
    return {};
}

base::Result<QString> written(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return base::failure(base::ErrorCode::Io, Dialogs::tr("The certificate could not be saved."),
                             Dialogs::tr("%1: %2.").arg(path, file.errorString()),
                             Dialogs::tr("Choose another folder."));
    return path;
}

/// A question whose first answer does something; opens it.
void ask(QWidget &parent, const QString &name, const QString &text, const QString &rest, const QString &yes,
         ButtonKind kind, const QString &no, const std::function<void()> &run)
{
    auto *box = new QMessageBox(&parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(name);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(Dialogs::tr("Certificate authority"));
    box->setText(text);
    box->setInformativeText(rest);
    QPushButton *button = box->addButton(yes, QMessageBox::AcceptRole);
    setButtonKind(*button, kind);
    QPushButton *cancel = box->addButton(no, QMessageBox::RejectRole);
    box->setEscapeButton(cancel);
    QObject::connect(button, &QPushButton::clicked, box, run);
    box->open();
}

QString installAgain()
{
    return Dialogs::tr("Every device, browser and program that trusts the present certificate must install "
                       "the new one; the old one can be removed there.");
}

} // namespace

void saveAuthority(CaptureServices &services, tls::ExportFormat format, QWidget &parent,
                   std::function<void(base::Result<QString>)> done)
{
    const ExportNames names = namesOf(format);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(&parent, Dialogs::tr("Save the certificate"), folder + u'/' + names.file,
                                   names.filter + u";;"_s + Dialogs::tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"saveCertificate"_s);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(names.file.section(u'.', -1));
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent,
                     [&services, format, &parent, done = std::move(done)](const QString &path) {
                         services.exportAuthority(format, &parent,
                                                  [path, done](const base::Result<QByteArray> &bytes) {
                                                      if (bytes)
                                                          done(written(path, *bytes));
                                                      else
                                                          done(base::Failure(bytes.error()));
                                                  });
                     });
    dialog->open();
}

void addCustomDomain(CaptureServices &services, const QString &domain, QWidget &parent,
                     std::function<void(base::Result<void>)> done)
{
    const auto add = [&services, domain] {
        capture::ProxyOptions options = services.proxyOptions();
        if (!options.domains.contains(domain))
            options.domains.append(domain);
        return services.setProxyOptions(options);
    };
    // An authority that names the domain already (it was removed and comes back) serves as it is.
    const CaptureServices::AuthorityState state = services.authorityState();
    if (!state.exists || state.info.domains.contains(domain)) {
        done(add());
        return;
    }
    ask(parent, u"addDomainQuestion"_s,
        Dialogs::tr("Adding %1 makes a new certificate authority.").arg(domain),
        Dialogs::tr("The certificate names the domains it can vouch for, so that it can do no harm "
                    "elsewhere.") +
            u' ' + installAgain(),
        Dialogs::tr("Add it and make a new one"), ButtonKind::Accent, Dialogs::tr("Don’t add it"),
        [&services, add, done = std::move(done)] {
            const base::Result<void> added = add();
            if (added)
                services.makeAuthority();
            done(added);
        });
}

void askForNewAuthority(CaptureServices &services, QWidget &parent)
{
    ask(parent, u"newAuthorityQuestion"_s, Dialogs::tr("Make a new certificate authority?"), installAgain(),
        Dialogs::tr("Make a new one"), ButtonKind::Accent, Dialogs::tr("Keep the present one"),
        [&services] { services.makeAuthority(); });
}

void askToRemoveAuthority(CaptureServices &services, QWidget &parent)
{
    ask(parent, u"removeAuthorityQuestion"_s, Dialogs::tr("Delete the certificate authority and its key?"),
        Dialogs::tr("It can’t be brought back; TLS works again once a new one is made and installed. Devices "
                    "that trusted it keep the certificate until it is removed there, but without its key it "
                    "vouches for nothing."),
        Dialogs::tr("Delete it"), ButtonKind::Danger, Dialogs::tr("Keep it"),
        [&services] { services.removeAuthority(); });
}

QString fingerprintText(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

QStringList vouchedDomains(const tls::AuthorityInfo &info)
{
    return tls::builtInDomains() + info.domains;
}

} // namespace ui
