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

} // namespace json
