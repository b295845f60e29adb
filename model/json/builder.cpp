// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/builder.h"

#include "json/token.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace json {

namespace {

constexpr std::size_t deepLevels = 100;
/// Above it comparing every pair of keys costs more than sorting them.
constexpr std::uint32_t fewKeys = 40;
/// Buffers over this many nodes are given back after use.
constexpr std::size_t keptNodes = 64UL * 1024;

/// Length and some characters of a key: equal for equal keys, and seldom for others.
std::size_t sketchOf(std::string_view key)
{
    const std::size_t size = key.size();
    const auto byte = [key](std::size_t at) { return std::size_t{static_cast<unsigned char>(key[at])}; };
    if (size < sizeof(std::uint32_t)) {
        return size == 0 ? 0 : size | byte(0) << 8U | byte(size / 2) << 16U | byte(size - 1) << 24U;
    }
    std::uint32_t head = 0;
    std::uint32_t tail = 0;
    std::memcpy(&head, key.data(), sizeof(head));
    std::memcpy(&tail, key.data() + size - sizeof(tail), sizeof(tail));
    return (std::size_t{head} << 32U | tail) + size;
}

} // namespace

void Builder::start(const QByteArray &source, std::size_t expectedNodes)
{
    m_document = std::make_shared<Document>();
    m_document->m_source = source;
    m_source = source.constData();
    // Once for the whole text: of most none has an escape.
    m_hasEscapes = std::memchr(m_source, '\\', static_cast<std::size_t>(source.size())) != nullptr;
    m_nodes.clear();
    m_nodes.reserve(expectedNodes);
    m_frames.clear();
}

inline Node &Builder::append(Type type, std::uint32_t begin, std::uint32_t end)
{
    const auto next = static_cast<std::uint32_t>(m_nodes.size() + 1);
    return m_nodes.emplace_back(Node{begin, end, next, 0, 0, type, false, false});
}

inline void Builder::countValue()
{
    if (!m_frames.empty()) {
        ++m_frames.back().count;
    }
}

inline std::string_view Builder::keyText(std::uint32_t node) const
{
    const Node &key = m_nodes[node];
    return {(key.isTextInArena ? m_document->m_arena.data() : m_source) + key.textBegin, key.textLength};
}

inline void Builder::noteKey(std::string_view key)
{
    std::uint32_t mixed = static_cast<std::uint32_t>(key.size());
    if (!key.empty()) {
        mixed = mixed * 31 + static_cast<unsigned char>(key.front());
        mixed = mixed * 31 + static_cast<unsigned char>(key[key.size() / 2]);
        mixed = mixed * 31 + static_cast<unsigned char>(key.back());
    }
    const std::uint64_t bit = std::uint64_t{1} << ((mixed * 2654435769U) >> 26U);
    Frame &frame = m_frames.back();
    frame.mayHaveDuplicates = frame.mayHaveDuplicates || (frame.seenKeys & bit) != 0;
    frame.seenKeys |= bit;
}

bool Builder::open(Type container, std::uint32_t begin)
{
    countValue();
    if (m_frames.size() == maxDepth) {
        return false;
    }
    m_frames.push_back({static_cast<std::uint32_t>(m_nodes.size()), 0, 0, container == Type::Object, false});
    append(container, begin, begin);
    if (m_frames.size() == deepLevels + 1) {
        flaw(Flaw::DeepNesting, begin);
    }
    return true;
}

void Builder::close(std::uint32_t end)
{
    const Frame frame = m_frames.back();
    m_frames.pop_back();
    Node &node = m_nodes[frame.node];
    node.end = end;
    node.next = static_cast<std::uint32_t>(m_nodes.size());
    node.textLength = frame.count;
    if (frame.mayHaveDuplicates) {
        findDuplicates(frame);
    }
}

void Builder::literal(Type type, std::uint32_t begin, std::uint32_t end)
{
    countValue();
    append(type, begin, end).isTrue = m_source[begin] == 't';
}

void Builder::number(std::uint32_t begin, std::uint32_t end, Flaws flaws)
{
    countValue();
    append(Type::Number, begin, end);
    if (flaws != 0) {
        for (const Flaw each : {Flaw::NonFiniteNumber, Flaw::BigInteger, Flaw::HugeNumber}) {
            if ((flaws & static_cast<Flaws>(each)) != 0) {
                flaw(each, begin);
            }
        }
    }
}

std::uint32_t Builder::string(StringRole role, std::uint32_t begin, std::uint32_t end)
{
    Node &node = append(Type::String, begin, end);
    const std::string_view inner(m_source + begin + 1, end - begin - 2);
    if (!m_hasEscapes || inner.empty() || std::memchr(inner.data(), '\\', inner.size()) == nullptr) {
        node.textBegin = begin + 1;
        node.textLength = static_cast<std::uint32_t>(inner.size());
    } else {
        std::string &arena = m_document->m_arena;
        node.textBegin = static_cast<std::uint32_t>(arena.size());
        std::size_t stop = 0;
        const EscapeResult result = decodeEscapes(inner, arena, stop);
        if (result == EscapeResult::Bad) {
            return begin + 1 + static_cast<std::uint32_t>(stop);
        }
        if (result == EscapeResult::LoneSurrogate) {
            flaw(Flaw::LoneSurrogate, begin);
        }
        node.textLength = static_cast<std::uint32_t>(arena.size()) - node.textBegin;
        node.isTextInArena = true;
    }
    if (role == StringRole::Key) {
        noteKey(keyText(static_cast<std::uint32_t>(m_nodes.size() - 1)));
    } else {
        countValue();
    }
    return noFault;
}

void Builder::flaw(Flaw flaw, std::uint32_t offset)
{
    m_document->m_flaws |= static_cast<Flaws>(flaw);
    m_document->m_foundFlaws.emplace_back(flaw, offset);
}

void Builder::findDuplicates(const Frame &frame)
{
    m_keys.clear();
    const bool isSorting = frame.count > fewKeys;
    for (std::uint32_t at = frame.node + 1; at < m_nodes.size(); at = m_nodes[at + 1].next) {
        const std::string_view key = keyText(at);
        m_keys.emplace_back(isSorting ? std::hash<std::string_view>{}(key) : sketchOf(key), at);
    }
    if (isSorting) {
        std::ranges::sort(m_keys);
    }
    for (std::size_t later = 1; later < m_keys.size(); ++later) {
        for (std::size_t earlier = later; earlier-- > 0;) {
            if (m_keys[earlier].first != m_keys[later].first) {
                if (isSorting) {
                    break;
                }
            } else if (keyText(m_keys[earlier].second) == keyText(m_keys[later].second)) {
                flaw(Flaw::DuplicateKey, m_nodes[m_keys[later].second].begin);
                break;
            }
        }
    }
}

std::shared_ptr<const Document> Builder::finish()
{
    m_document->m_nodes.assign(m_nodes.begin(), m_nodes.end());
    if (m_nodes.capacity() > keptNodes) {
        std::vector<Node>{}.swap(m_nodes);
    }
    return std::move(m_document);
}

} // namespace json
