// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"

namespace ui {

/// What more than one page asks about the certificate authority. None blocks: each opens a dialog of `parent`
/// and returns; `done` comes when it has been answered, and not at all when it was cancelled. GUI thread.

/// Asks where to save the certificate, and saves it there. `done` has the path.
void saveAuthority(CaptureServices &services, tls::ExportFormat format, QWidget &parent,
                   std::function<void(base::Result<QString>)> done);
/// Adds a domain to those that are decrypted. When an authority is there already, a new one is needed that
/// names it, which the user is asked first.
void addCustomDomain(CaptureServices &services, const QString &domain, QWidget &parent,
                     std::function<void(base::Result<void>)> done);
void askForNewAuthority(CaptureServices &services, QWidget &parent);
void askToRemoveAuthority(CaptureServices &services, QWidget &parent);

/// "3F:A0:..", as every other program shows it.
[[nodiscard]] QString fingerprintText(const QByteArray &sha256);
/// Everything the authority vouches for: Segment's domains and localhost first, then the user's own.
[[nodiscard]] QStringList vouchedDomains(const tls::AuthorityInfo &info);

} // namespace ui
