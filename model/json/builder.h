// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include <limits>

namespace json {

/// Fills a Document, value by value in document order, for either reader. Finds what needs the whole
/// document: duplicate keys, deep nesting. Its buffers are reused.
class Builder
{
public:
    static constexpr std::size_t maxDepth = 10'000;

    /// `expectedNodes` is a bound, for one allocation.
    void start(const QByteArray &source, std::size_t expectedNodes);
    /// False: nested deeper than maxDepth.
    [[nodiscard]] bool open(Type container, std::uint32_t begin);
    void close(std::uint32_t end);
    void literal(Type type, std::uint32_t begin, std::uint32_t end);
    /// A well-formed number, or with NonFiniteNumber among `flaws` one of the words for it.
    void number(std::uint32_t begin, std::uint32_t end, Flaws flaws);

    enum class StringRole : std::uint8_t { Key, Value };
    static constexpr std::uint32_t noFault = std::numeric_limits<std::uint32_t>::max();
    /// noFault, or where the bad escape stands. The range includes the quotes. (No optional: it goes through
    /// memory, and this is called for half the tokens of a text.)
    [[nodiscard]] std::uint32_t string(StringRole role, std::uint32_t begin, std::uint32_t end);
    void flaw(Flaw flaw, std::uint32_t offset);

    [[nodiscard]] bool isNested() const { return !m_frames.empty(); }
    [[nodiscard]] bool isInObject() const { return !m_frames.empty() && m_frames.back().isObject; }
    [[nodiscard]] bool isEmptyContainer() const { return m_frames.back().count == 0; }
    [[nodiscard]] std::shared_ptr<const Document> finish();

private:
    struct Frame
    {
        std::uint32_t node;
        std::uint32_t count;
        std::uint64_t seenKeys; ///< a bit per hash: most objects have no two keys with the same one
        bool isObject;
        bool mayHaveDuplicates;
    };

    Node &append(Type type, std::uint32_t begin, std::uint32_t end);
    void countValue();
    void noteKey(std::string_view key);
    void findDuplicates(const Frame &frame);
    [[nodiscard]] std::string_view keyText(std::uint32_t node) const;

    std::shared_ptr<Document> m_document;
    const char *m_source = nullptr;
    bool m_hasEscapes = false;
    std::vector<Node> m_nodes;
    std::vector<Frame> m_frames;
    std::vector<std::pair<std::size_t, std::uint32_t>> m_keys; ///< hash and node
};

} // namespace json
