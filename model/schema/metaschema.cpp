// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/metaschema.h"

#include "json/parser.h"

#include <algorithm>
#include <array>

namespace schema {

namespace {

struct Published
{
    std::string_view uri;
    std::string_view text;
};

// Made by CMake of the files in metaschemas/: {uri, text}, one by one.
constexpr Published published[] = {
#include "schema/metaschemas.inc"
};

} // namespace

std::shared_ptr<const json::Document> metaschemaDocument(std::string_view uri)
{
    const auto *const found = std::ranges::find(published, uri, &Published::uri);
    if (found == std::ranges::end(published)) {
        return nullptr;
    }
    json::Parser parser;
    auto document =
        parser.parse(QByteArray::fromRawData(found->text.data(), static_cast<qsizetype>(found->text.size())));
    Q_ASSERT(document.has_value());
    return document ? *document : nullptr;
}

} // namespace schema
