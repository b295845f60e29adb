// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"

#include <nlohmann/json.hpp>

namespace plan {

/// Keeps the order of members, so that what is written back reads like what was read.
using Json = nlohmann::ordered_json;

/// The formats plans are exchanged in.
enum class Format : std::uint8_t {
    SegmentApi,   ///< Segment's Public API: rules with key, type, version, jsonSchema. Ours, too
    SegmentCsv,   ///< Segment's download: a row for each property
    ConfigApi,    ///< Segment's older Config API v1
    Typewriter,   ///< Typewriter's plan.json: schemas over the properties alone
    RudderStack,  ///< YAML `rudder/v1`
    RudderLegacy, ///< YAML `rudder/v0.1`, `kind: tp`
    AvoJson,      ///< Avo's JSON Schema export
    AvoCsv,       ///< Avo's CSV
    SchemaFolder, ///< a folder (or one file) of JSON Schemas, one for each event
};
[[nodiscard]] std::string_view word(Format format); ///< "segment", "segment-csv", "config-api", ...
[[nodiscard]] std::optional<Format> formatFromWord(std::string_view word);
[[nodiscard]] const std::vector<Format> &allFormats();
/// For people: "Segment (Public API JSON)".
[[nodiscard]] QString formatTitle(Format format);

/// One rule as it is edited: what its file says, in one shape for all formats. Value; shared as const, so
/// that an edit replaces one pointer and undo keeps the old one.
struct RuleSource
{
    event::CallType type = event::CallType::Track; ///< None: a common rule, for every event
    QString name;                                  ///< as in plan::Rule
    int version = 1;
    bool isDeprecated = false;
    QStringList sources; ///< names of the sources the event belongs to; empty: all of the plan's
    Scope scope = Scope::Event;
    /// As in the file; `description` and `labels` stand in it, and all that we don't understand.
    Json schema = Json::object();
    /// Other members of the file's rule, written back in the same format.
    Json extra = Json::object();

    friend bool operator==(const RuleSource &, const RuleSource &) = default;
};
using RulePointer = std::shared_ptr<const RuleSource>;

/// A tracking plan as it is read, edited, compared and written. Value; cheap to copy.
struct Document
{
    QString name;
    QString description;
    QString path; ///< file or folder; empty: never saved
    Format format = Format::SegmentApi;
    QStringList sources; ///< names of the sources it covers; empty: all
    std::vector<RulePointer> rules;
    /// Members of the file's root that the rules' `$ref` reach ("definitions", "$defs"), at their place.
    Json shared = Json::object();
    /// The rest of the file around its rules, for the same format.
    Json extra = Json::object();
    /// What reading left out or mended, and where.
    std::vector<Problem> problems;
};

/// Name of a rule for people: "track \"Order Loaded\"", "identify", "every event"; with its version above 1.
[[nodiscard]] QString titleOf(const RuleSource &rule);
[[nodiscard]] QString descriptionOf(const RuleSource &rule);
/// Labels as pairs, in the file's order.
[[nodiscard]] std::vector<std::pair<QString, QString>> labelsOf(const RuleSource &rule);

/// The plan that events are checked against; never null. What can't be used of it is in its `problems`,
/// beside those of reading. Costs about 0.3 ms a rule; any thread.
[[nodiscard]] std::shared_ptr<const Plan> compile(const Document &document);

/// The same for a plan that is being edited: compiles what changed since the document before. One thread at a
/// time.
class Compiler
{
public:
    Compiler();
    ~Compiler();

    [[nodiscard]] std::shared_ptr<const Plan> compile(const Document &document);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Reads any of the formats, told by content, not by the file's name; `path` may be a folder. Files over
/// 256 MB, nesting beyond 500 levels, other encodings than UTF-8 (a byte order mark of UTF-16 is understood)
/// and YAML that grows through aliases are refused with what to do. Any thread; blocks.
[[nodiscard]] base::Result<Document> readDocument(const QString &path);
/// The same of one file's bytes.
[[nodiscard]] base::Result<Document> parseDocument(const QByteArray &bytes, const QString &path);

/// What a format can't hold of a plan.
struct Loss
{
    QString where; ///< the rule's title, and the property's path
    QString what;  ///< a sentence: "The pattern is left out."
};
[[nodiscard]] std::vector<Loss> lossesOf(const Document &document, Format format);

/// One file, or several by their name in a folder. Stable: the same plan gives the same bytes; rules keep the
/// document's order, so that a version control's diff shows what was edited and nothing else.
struct WrittenFile
{
    QString name; ///< relative; empty for a format of one file
    QByteArray bytes;
};
[[nodiscard]] base::Result<std::vector<WrittenFile>> written(const Document &document, Format format);
/// Each file appears whole or not at all. A folder's files that belong to no rule any more are removed only
/// when they were ours (named by the document read from there). Any thread; blocks.
[[nodiscard]] base::Result<void> writeDocument(const Document &document, Format format, const QString &path);

} // namespace plan
