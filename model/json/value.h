// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QByteArray>

namespace json {

class Value;

enum class Type : std::uint8_t { Null, Bool, Number, String, Array, Object };

/// What a strict reader would refuse, or what is likely to be damaged on the way (bits).
enum class Flaw : std::uint32_t {
    None = 0,
    NonFiniteNumber = 1U << 0U, ///< NaN, Infinity, -Infinity: not JSON (Python)
    BigInteger = 1U << 1U,      ///< beyond 64 bits, or beyond what a double holds exactly
    LoneSurrogate = 1U << 2U,   ///< "\ud800": JSON, but no Unicode text
    DuplicateKey = 1U << 3U,    ///< RFC 8259: names SHOULD be unique; the last one wins here
    ByteOrderMark = 1U << 4U,   ///< skipped
    DeepNesting = 1U << 5U,     ///< more than 100 levels
    HugeNumber = 1U << 6U,      ///< 1e400: no double can hold it
};
using Flaws = std::uint32_t;

/// One value of a document in document order. Members of an object are a key node (a String)
/// followed by the value's nodes.
struct Node
{
    std::uint32_t begin;      ///< first byte in the source; a string's includes its quote
    std::uint32_t end;        ///< one past the last byte
    std::uint32_t next;       ///< node after this value's last descendant
    std::uint32_t textBegin;  ///< strings: start of the decoded text (source or arena)
    std::uint32_t textLength; ///< strings: bytes of UTF-8; arrays and objects: number of elements
    Type type;
    bool isTextInArena; ///< the string had escapes, its decoded text is in the arena
    bool isTrue;
};

/// A parsed text: the bytes as they came, and where each value stands in them.
/// Immutable once parsed; any thread. Values are views into it and must not outlive it.
class Document
{
public:
    [[nodiscard]] Value root() const;
    [[nodiscard]] const QByteArray &source() const { return m_source; }
    [[nodiscard]] Flaws flaws() const { return m_flaws; }
    [[nodiscard]] bool has(Flaw flaw) const { return (m_flaws & static_cast<Flaws>(flaw)) != 0; }
    /// Where the first of this flaw stands (byte offset); nothing when there is none.
    [[nodiscard]] std::optional<std::uint32_t> firstFlaw(Flaw flaw) const;
    /// Every flaw with its byte offset, in no particular order; DeepNesting once per place it begins.
    [[nodiscard]] const std::vector<std::pair<Flaw, std::uint32_t>> &foundFlaws() const
    {
        return m_foundFlaws;
    }

private:
    friend class Value;
    friend class Builder;

    QByteArray m_source;
    std::vector<Node> m_nodes;
    std::string m_arena;
    Flaws m_flaws = 0;
    std::vector<std::pair<Flaw, std::uint32_t>> m_foundFlaws;
};

/// A handle on one value of a Document; cheap to copy. A default-made one is "missing":
/// every question about it answers no, empty or zero.
class Value
{
public:
    Value() = default;
    Value(const Document *document, std::uint32_t node)
        : m_document(document)
        , m_node(node)
    {
    }

    [[nodiscard]] bool isMissing() const { return m_document == nullptr; }
    [[nodiscard]] Type type() const { return isMissing() ? Type::Null : node().type; }
    [[nodiscard]] bool isNull() const { return !isMissing() && node().type == Type::Null; }
    [[nodiscard]] bool isBool() const { return !isMissing() && node().type == Type::Bool; }
    [[nodiscard]] bool isNumber() const { return !isMissing() && node().type == Type::Number; }
    [[nodiscard]] bool isString() const { return !isMissing() && node().type == Type::String; }
    [[nodiscard]] bool isArray() const { return !isMissing() && node().type == Type::Array; }
    [[nodiscard]] bool isObject() const { return !isMissing() && node().type == Type::Object; }

    [[nodiscard]] bool toBool() const { return isBool() && node().isTrue; }
    /// Decoded text of a string (UTF-8; a lone surrogate is U+FFFD), else empty.
    [[nodiscard]] std::string_view text() const;
    /// The bytes of the source: a number's digits as sent, a string with its quotes.
    [[nodiscard]] std::string_view raw() const;
    [[nodiscard]] std::uint32_t begin() const { return node().begin; }
    [[nodiscard]] std::uint32_t end() const { return node().end; }

    /// Elements of an array, members of an object; 0 for anything else.
    [[nodiscard]] std::uint32_t size() const;
    /// Member by decoded key; of duplicate keys the last one. Linear.
    [[nodiscard]] Value find(std::string_view key) const;
    /// Element by position. Linear.
    [[nodiscard]] Value at(std::uint32_t index) const;

    /// Walks the elements of an array or the members of an object, in the order sent:
    ///     for (auto child = value.firstChild(); child; child = child.next()) { child.key(); child.value(); }
    class Child
    {
    public:
        [[nodiscard]] explicit operator bool() const { return m_at < m_end; }
        /// Decoded key; empty in arrays.
        [[nodiscard]] std::string_view key() const;
        [[nodiscard]] Value keyValue() const;
        [[nodiscard]] Value value() const;
        [[nodiscard]] Child next() const;

    private:
        friend class Value;
        const Document *m_document = nullptr;
        std::uint32_t m_at = 0; ///< the key's node in objects, else the value's
        std::uint32_t m_end = 0;
        bool m_isObject = false;
    };
    [[nodiscard]] Child firstChild() const;

    [[nodiscard]] const Document *document() const { return m_document; }
    [[nodiscard]] const Node &node() const { return m_document->m_nodes[m_node]; }

private:
    const Document *m_document = nullptr;
    std::uint32_t m_node = 0;
};

// Asked for every member of every event, so within sight of the compiler.

inline std::string_view Value::text() const
{
    if (!isString()) {
        return {};
    }
    const Node &own = node();
    const char *texts = own.isTextInArena ? m_document->m_arena.data() : m_document->m_source.constData();
    return {texts + own.textBegin, own.textLength};
}

inline std::string_view Value::raw() const
{
    if (isMissing()) {
        return {};
    }
    const Node &own = node();
    return {m_document->m_source.constData() + own.begin, own.end - own.begin};
}

inline std::uint32_t Value::size() const
{
    return isArray() || isObject() ? node().textLength : 0;
}

inline Value Value::Child::keyValue() const
{
    return m_isObject && m_at < m_end ? Value{m_document, m_at} : Value{};
}

inline std::string_view Value::Child::key() const
{
    return keyValue().text();
}

inline Value Value::Child::value() const
{
    return m_at < m_end ? Value{m_document, m_isObject ? m_at + 1 : m_at} : Value{};
}

inline Value::Child Value::Child::next() const
{
    Child following = *this;
    if (m_at < m_end) {
        following.m_at = value().node().next;
    }
    return following;
}

inline Value::Child Value::firstChild() const
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

} // namespace json
