// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/fastreader.h"

#include "json/token.h"

#include <algorithm>
#include <cstring>

// The library's own header does not compile cleanly under our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#include <simdjson.h>
#pragma GCC diagnostic pop

namespace json {

namespace {

constexpr std::size_t smallestCapacity = 16UL * 1024;
/// An index takes four bytes per byte of text; larger ones are given back after use.
constexpr std::size_t keptCapacity = 4UL * 1024 * 1024;

/// Walks the tokens of one text. Every step answers whether the text is still well-formed.
class TokenWalk
{
public:
    TokenWalk(const char *text, const std::uint32_t *starts, std::uint32_t count, Builder &builder)
        : m_text(text)
        , m_starts(starts)
        , m_count(count)
        , m_builder(builder)
    {
    }

    bool run()
    {
        while (true) {
            if (!value()) {
                return false;
            }
            if (m_hasOpened) {
                continue;
            }
            if (!closeAndSeparate()) {
                return false;
            }
            if (!m_builder.isNested()) {
                return m_at == m_count;
            }
        }
    }

private:
    [[nodiscard]] char peek() const { return m_at < m_count ? m_text[m_starts[m_at]] : '\0'; }

    /// The token's end: white space before the next one does not belong to it.
    [[nodiscard]] std::uint32_t tokenEnd() const
    {
        std::uint32_t end = m_starts[m_at + 1];
        while (isSpace(m_text[end - 1])) {
            --end;
        }
        return end;
    }

    bool string(Builder::StringRole role)
    {
        const std::uint32_t begin = m_starts[m_at];
        const std::uint32_t end = tokenEnd();
        // Stage one closed it; were the last byte no quote, something would follow it that is no token.
        if (end - begin < 2 || m_text[end - 1] != '"' ||
            m_builder.string(role, begin, end) != Builder::noFault) {
            return false;
        }
        ++m_at;
        return true;
    }

    bool literal(std::string_view word, Type type)
    {
        const std::uint32_t begin = m_starts[m_at];
        const std::uint32_t end = tokenEnd();
        if (std::string_view(m_text + begin, end - begin) != word) {
            return false;
        }
        m_builder.literal(type, begin, end);
        ++m_at;
        return true;
    }

    bool number()
    {
        const std::uint32_t begin = m_starts[m_at];
        const std::uint32_t end = tokenEnd();
        if (scanNumber(m_text + begin, m_text + end) != m_text + end) {
            return false;
        }
        m_builder.number(begin, end, numberFlaws({m_text + begin, end - begin}));
        ++m_at;
        return true;
    }

    /// Opens a container, closes it at once when it is empty, and reads an object's first key.
    bool container(Type type, char closing)
    {
        if (!m_builder.open(type, m_starts[m_at])) {
            return false;
        }
        ++m_at;
        if (peek() == closing && m_at < m_count) {
            m_builder.close(m_starts[m_at] + 1);
            ++m_at;
            return true;
        }
        m_hasOpened = true;
        return type == Type::Array || key();
    }

    bool key()
    {
        if (peek() != '"' || !string(Builder::StringRole::Key) || peek() != ':') {
            return false;
        }
        ++m_at;
        return true;
    }

    bool value()
    {
        m_hasOpened = false;
        if (m_at >= m_count) {
            return false;
        }
        switch (peek()) {
        case '"':
            return string(Builder::StringRole::Value);
        case '{':
            return container(Type::Object, '}');
        case '[':
            return container(Type::Array, ']');
        case 't':
            return literal("true", Type::Bool);
        case 'f':
            return literal("false", Type::Bool);
        case 'n':
            return literal("null", Type::Null);
        default:
            return number();
        }
    }

    /// After a value: closes what ends here, and steps over the comma to the next value.
    bool closeAndSeparate()
    {
        while (m_builder.isNested()) {
            const bool isInObject = m_builder.isInObject();
            const char token = peek();
            if (token == ',') {
                ++m_at;
                return !isInObject || key();
            }
            if (token != (isInObject ? '}' : ']')) {
                return false;
            }
            m_builder.close(m_starts[m_at] + 1);
            ++m_at;
        }
        return true;
    }

    const char *m_text;
    const std::uint32_t *m_starts; ///< one more entry than tokens: the text's length
    std::uint32_t m_count;
    std::uint32_t m_at = 0;
    bool m_hasOpened = false;
    Builder &m_builder;
};

} // namespace

struct FastReader::Index
{
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stages;

    bool reserve(std::size_t bytes)
    {
        if (stages != nullptr && stages->capacity() >= bytes) {
            return true;
        }
        const std::size_t capacity = std::max(bytes + bytes / 2, smallestCapacity);
        return simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, stages) ==
               simdjson::SUCCESS;
    }
};

FastReader::FastReader()
    : m_index(std::make_unique<Index>())
{
}

FastReader::~FastReader() = default;

bool FastReader::read(const QByteArray &source, Builder &builder)
{
    const auto bytes = static_cast<std::size_t>(source.size());
    if (bytes == 0 || !m_index->reserve(bytes)) {
        return false;
    }
    auto &stages = *m_index->stages;
    // Stage one reads whole blocks of the text and copies the rest: it needs no padding behind it.
    const auto *text = reinterpret_cast<const std::uint8_t *>(source.constData());
    bool isRead = stages.stage1(text, bytes, simdjson::stage1_mode::regular) == simdjson::SUCCESS;
    if (isRead) {
        const std::uint32_t count = stages.n_structural_indexes;
        builder.start(source, count);
        isRead = TokenWalk(source.constData(), stages.structural_indexes.get(), count, builder).run();
    }
    if (stages.capacity() > keptCapacity) {
        m_index->stages.reset();
    }
    return isRead;
}

} // namespace json
