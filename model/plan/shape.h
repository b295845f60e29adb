// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/infer.h"

#include <array>
#include <deque>
#include <string>
#include <unordered_map>

/// What an inference keeps of the events it saw.
namespace plan {

/// What all inferred events may take up together.
struct Room
{
    std::size_t properties = 200'000;
    std::size_t valueBytes = std::size_t{64} * 1024 * 1024;
};

/// Counts the values of one place until there are too many of them to be a choice of few.
class ValueTally
{
public:
    void add(std::string_view value, Room &room);
    /// Different values, as far as counted.
    [[nodiscard]] std::uint64_t distinct() const { return m_distinct; }
    /// Every value was counted.
    [[nodiscard]] bool isExact() const { return m_isExact; }
    struct Count
    {
        std::string value;
        std::uint64_t times = 0;
    };
    /// In the order they first came.
    [[nodiscard]] const std::deque<Count> &counts() const { return m_counts; }

private:
    /// Keeps the most frequent ones, whose counts go on.
    void close(Room &room);

    std::deque<Count> m_counts;
    std::unordered_map<std::string_view, std::size_t> m_byValue; ///< views into m_counts
    std::uint64_t m_distinct = 0;
    bool m_isExact = true;
    bool m_isClosed = false;
};

/// Types in the order a plan writes them.
enum class SeenType : std::uint8_t { String, Integer, Number, Boolean, Object, Array, Null };

/// What stood in one place of all events of a name.
class Shape
{
public:
    struct Member;

    Shape();
    ~Shape();
    Shape(const Shape &) = delete;
    Shape &operator=(const Shape &) = delete;

    /// `left`: properties that its event may still have. Deeper than eight levels nothing is looked at.
    void add(json::Value value, Room &room, std::size_t &left, int depth);

    [[nodiscard]] std::uint64_t times(SeenType type) const { return m_times[static_cast<std::size_t>(type)]; }
    [[nodiscard]] std::uint64_t seen() const;
    /// In the order first seen.
    [[nodiscard]] const std::vector<std::unique_ptr<Member>> &members() const { return m_members; }
    [[nodiscard]] const Shape *items() const { return m_items.get(); } ///< null: no list had any
    [[nodiscard]] const ValueTally &texts() const { return m_texts; }
    /// The format that all its texts have; empty: none.
    [[nodiscard]] QString format() const;
    /// Out of how many it could have had; `path` is this place's own.
    [[nodiscard]] Evidence evidence(QStringList path, std::uint64_t of) const;

private:
    void addText(std::string_view text, Room &room);
    void addNumber(std::string_view digits, Room &room);
    void addMembers(json::Value object, Room &room, std::size_t &left, int depth);
    [[nodiscard]] Shape *member(std::string_view name, std::size_t position, Room &room, std::size_t &left);

    std::array<std::uint64_t, 7> m_times{};
    ValueTally m_texts;
    ValueTally m_scalars; ///< numbers by their digits, true and false
    std::uint32_t m_formats;
    std::string m_minimum, m_maximum;
    std::vector<std::unique_ptr<Member>> m_members;
    std::unordered_map<std::string_view, Shape *> m_byName; ///< views into m_members
    std::unique_ptr<Shape> m_items;
};

struct Shape::Member
{
    std::string name;
    Shape shape;
};

/// "string", "integer", ...
[[nodiscard]] std::string_view word(SeenType type);

} // namespace plan
