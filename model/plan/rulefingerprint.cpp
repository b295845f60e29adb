// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/rulefingerprint.h"

#include "json/pointer.h"

#include <algorithm>

#include <QCryptographicHash>

namespace plan {

namespace {

constexpr int maxDepth = 200;
constexpr qsizetype fingerprintBytes = 16;

QByteArrayView view(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

bool hasIds(json::Value value, int depth)
{
    if (depth > maxDepth) {
        return true;
    }
    for (auto child = value.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        if (((key == "$id" || key == "id") && child.value().isString()) || hasIds(child.value(), depth + 1)) {
            return true;
        }
    }
    return false;
}

/// Whether all references in `value` are plain pointers into `schema`. One that stands in an enum's value
/// counts as well: that only makes more rules look changed.
bool staysInside(json::Value value, json::Value schema, int depth, bool &hasReferences)
{
    if (depth > maxDepth) {
        return false;
    }
    for (auto child = value.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        if (key == "$ref" || key == "$dynamicRef" || key == "$recursiveRef") {
            const std::string_view target = child.value().text();
            hasReferences = true;
            const bool isPointer = target.starts_with('#') && (target.size() == 1 || target[1] == '/') &&
                                   target.find('%') == std::string_view::npos && key == "$ref" &&
                                   !json::Pointer(std::string(target.substr(1))).resolve(schema).isMissing();
            if (!isPointer) {
                return false;
            }
        }
        if (!staysInside(child.value(), schema, depth + 1, hasReferences)) {
            return false;
        }
    }
    return true;
}

bool isSelfContained(json::Value schema)
{
    bool hasReferences = false;
    // An id inside moves what "#" means.
    return staysInside(schema, schema, 0, hasReferences) && (!hasReferences || !hasIds(schema, 0));
}

} // namespace

RuleFingerprints::RuleFingerprints(std::shared_ptr<const json::Document> document)
    : m_document(std::move(document))
{
}

QByteArray RuleFingerprints::of(const Rule &rule, json::Value schema)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(rule.version) + ' ' + QByteArray::number(static_cast<int>(rule.scope)) +
                 (rule.isDeprecated ? " deprecated" : "") + '\n');
    for (const QString &source : rule.sources) {
        hash.addData(source.toUtf8() + '\0');
    }
    hash.addData(view(schema.raw()));
    if (!isSelfContained(schema)) {
        if (m_whole.isEmpty()) {
            m_whole = QCryptographicHash::hash(m_document->source(), QCryptographicHash::Sha256);
        }
        hash.addData(m_whole);
    }
    return hash.result().first(fingerprintBytes);
}

} // namespace plan
