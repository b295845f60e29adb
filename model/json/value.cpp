// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/value.h"

namespace json {

Value Document::root() const
{
    return m_nodes.empty() ? Value{} : Value{this, 0};
}

std::optional<std::uint32_t> Document::firstFlaw(Flaw flaw) const
{
    std::optional<std::uint32_t> first;
    for (const auto &[found, offset] : m_foundFlaws) {
        if (found == flaw && (!first || offset < *first)) {
            first = offset;
        }
    }
    return first;
}

std::string_view Value::text() const
{
    if (!isString()) {
        return {};
    }
    const Node &own = node();
    const char *texts = own.isTextInArena ? m_document->m_arena.data() : m_document->m_source.constData();
    return {texts + own.textBegin, own.textLength};
}

std::string_view Value::raw() const
{
    if (isMissing()) {
        return {};
    }
    const Node &own = node();
    return {m_document->m_source.constData() + own.begin, own.end - own.begin};
}

std::uint32_t Value::size() const
{
    return isArray() || isObject() ? node().textLength : 0;
}

Value Value::find(std::string_view key) const
{
    if (!isObject()) {
        return {};
    }
    // Only a document with duplicates needs the walk to the end for the last of them.
    const bool isFirstEnough = !m_document->has(Flaw::DuplicateKey);
    Value found;
    for (Child child = firstChild(); child; child = child.next()) {
        if (child.key() == key) {
            found = child.value();
            if (isFirstEnough) {
                break;
            }
        }
    }
    return found;
}

Value Value::at(std::uint32_t index) const
{
    if (index >= size()) {
        return {};
    }
    Child child = firstChild();
    for (std::uint32_t i = 0; i < index; ++i) {
        child = child.next();
    }
    return child.value();
}

Value::Child Value::firstChild() const
{
    Child child;
    if (isArray() || isObject()) {
        child.m_document = m_document;
        child.m_at = m_node + 1;
        child.m_end = node().next;
        child.m_isObject = isObject();
    }
    return child;
}

std::string_view Value::Child::key() const
{
    return keyValue().text();
}

Value Value::Child::keyValue() const
{
    return m_isObject && m_at < m_end ? Value{m_document, m_at} : Value{};
}

Value Value::Child::value() const
{
    return m_at < m_end ? Value{m_document, m_isObject ? m_at + 1 : m_at} : Value{};
}

Value::Child Value::Child::next() const
{
    Child following = *this;
    if (m_at < m_end) {
        following.m_at = value().node().next;
    }
    return following;
}

} // namespace json
