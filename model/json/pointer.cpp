// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/pointer.h"

namespace json {

namespace {

void appendEscaped(std::string &text, std::string_view token)
{
    for (const char c : token) {
        if (c == '~') {
            text += "~0";
        } else if (c == '/') {
            text += "~1";
        } else {
            text += c;
        }
    }
}

std::string unescaped(std::string_view token)
{
    std::string text;
    text.reserve(token.size());
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1')) {
            text += token[i + 1] == '0' ? '~' : '/';
            ++i;
        } else {
            text += token[i];
        }
    }
    return text;
}

/// RFC 6901: digits without a leading zero.
std::optional<std::uint32_t> arrayIndex(std::string_view token)
{
    if (token.empty() || token.size() > 9 || (token.size() > 1 && token.front() == '0')) {
        return std::nullopt;
    }
    std::uint32_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        index = index * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return index;
}

} // namespace

Pointer Pointer::child(std::string_view key) const
{
    Pointer pointer;
    pointer.m_text.reserve(m_text.size() + key.size() + 1);
    pointer.m_text = m_text;
    pointer.m_text += '/';
    appendEscaped(pointer.m_text, key);
    return pointer;
}

Pointer Pointer::child(std::uint32_t index) const
{
    return Pointer(m_text + '/' + std::to_string(index));
}

Pointer Pointer::parent() const
{
    const std::size_t slash = m_text.rfind('/');
    return slash == std::string::npos ? Pointer{} : Pointer(m_text.substr(0, slash));
}

std::vector<std::string> Pointer::tokens() const
{
    std::vector<std::string> tokens;
    std::size_t begin = 0;
    while (begin < m_text.size()) {
        const std::size_t slash = m_text.find('/', begin + 1);
        const std::size_t end = slash == std::string::npos ? m_text.size() : slash;
        tokens.push_back(unescaped(std::string_view(m_text).substr(begin + 1, end - begin - 1)));
        begin = end;
    }
    return tokens;
}

std::string Pointer::lastToken() const
{
    const std::size_t slash = m_text.rfind('/');
    return slash == std::string::npos ? std::string{} : unescaped(std::string_view(m_text).substr(slash + 1));
}

Value Pointer::resolve(Value root) const
{
    if (!m_text.empty() && m_text.front() != '/') {
        return {};
    }
    Value value = root;
    for (const std::string &token : tokens()) {
        if (value.isArray()) {
            const std::optional<std::uint32_t> index = arrayIndex(token);
            value = index ? value.at(*index) : Value{};
        } else {
            value = value.find(token);
        }
        if (value.isMissing()) {
            break;
        }
    }
    return value;
}

Pointer Pointer::toOffset(Value root, std::uint32_t offset)
{
    Pointer pointer;
    Value value = root;
    bool isInside = true;
    while (isInside) {
        isInside = false;
        const bool isObject = value.isObject();
        std::uint32_t index = 0;
        for (Value::Child child = value.firstChild(); child; child = child.next(), ++index) {
            const std::uint32_t begin = isObject ? child.keyValue().begin() : child.value().begin();
            if (offset >= begin && offset < child.value().end()) {
                pointer.m_text += '/';
                if (isObject) {
                    appendEscaped(pointer.m_text, child.key());
                } else {
                    pointer.m_text += std::to_string(index);
                }
                value = child.value();
                isInside = true;
                break;
            }
        }
    }
    return pointer;
}

} // namespace json
