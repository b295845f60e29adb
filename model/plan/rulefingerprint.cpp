// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/rulefingerprint.h"

#include <QCryptographicHash>

namespace plan {

QByteArray fingerprintOf(const Rule &rule, const QByteArrayList &texts)
{
    constexpr qsizetype fingerprintBytes = 16;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    // With its length before it, nothing can be taken for a part of something else.
    const auto add = [&hash](const QByteArray &part) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    };
    add(QByteArray::number(rule.version));
    add(QByteArray::number(static_cast<int>(rule.scope)));
    add(rule.isDeprecated ? "deprecated" : "");
    add(rule.sources.join(u'\n').toUtf8());
    for (const QByteArray &text : texts) {
        add(text);
    }
    return hash.result().first(fingerprintBytes);
}

} // namespace plan
