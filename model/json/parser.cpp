// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/parser.h"

#include "json/fastreader.h"
#include "json/tolerantreader.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace json {

struct Parser::Impl
{
    Builder builder;
    FastReader fastReader;
};

Parser::Parser()
    : m_impl(std::make_unique<Impl>())
{
}

Parser::~Parser() = default;

tl::expected<std::shared_ptr<const Document>, ParseError>
Parser::parse(const QByteArray &source, Leniency leniency, ReaderChoice choice)
{
    if (static_cast<std::uint64_t>(source.size()) >= std::numeric_limits<std::uint32_t>::max()) {
        return tl::unexpected(ParseError{0, 1, 1, u"The text is larger than 4 GB."_s});
    }
    if (choice == ReaderChoice::Fastest && m_impl->fastReader.read(source, m_impl->builder)) {
        return m_impl->builder.finish();
    }
    TolerantReader tolerant(source, leniency, m_impl->builder);
    if (std::optional<ParseError> error = tolerant.read()) {
        return tl::unexpected(*std::move(error));
    }
    return m_impl->builder.finish();
}

} // namespace json
