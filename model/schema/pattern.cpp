// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/pattern.h"

#include "schema/ecmaregex.h"
#include "schema/simplepattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <array>

#include <pcre2.h>
#include <re2/re2.h>

using namespace Qt::StringLiterals;

namespace schema {

namespace {

constexpr std::int64_t automatonBytes = 8 << 20;

class OnePassPattern final : public Pattern
{
public:
    OnePassPattern(std::string text, SimplePattern engine)
        : Pattern(std::move(text))
        , m_engine(std::move(engine))
    {
    }

    [[nodiscard]] Match search(std::string_view text) const override
    {
        return m_engine.search(text) ? Match::Yes : Match::No;
    }

private:
    SimplePattern m_engine;
};

class Re2Pattern final : public Pattern
{
public:
    Re2Pattern(std::string text, const std::string &translated)
        : Pattern(std::move(text))
        , m_engine(translated, options())
    {
    }

    [[nodiscard]] bool isUsable() const { return m_engine.ok(); }
    [[nodiscard]] QString error() const { return QString::fromStdString(m_engine.error()); }

    [[nodiscard]] Match search(std::string_view text) const override
    {
        const re2::StringPiece piece(text.data(), text.size());
        return m_engine.Match(piece, 0, piece.size(), RE2::UNANCHORED, nullptr, 0) ? Match::Yes : Match::No;
    }

private:
    static RE2::Options options()
    {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(automatonBytes);
        return options;
    }

    RE2 m_engine;
};

struct FreePcre
{
    void operator()(pcre2_code *code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};

class PcrePattern final : public Pattern
{
public:
    PcrePattern(std::string text, const std::string &translated)
        : Pattern(std::move(text))
    {
        int code = 0;
        std::size_t offset = 0;
        m_code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                                   PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C, &code,
                                   &offset, nullptr));
        if (!m_code) {
            std::array<PCRE2_UCHAR, 256> message{};
            pcre2_get_error_message(code, message.data(), message.size());
            m_error = QString::fromLatin1(reinterpret_cast<const char *>(message.data()));
            return;
        }
        // Without a JIT (some machines forbid it) the interpreter answers the same, under the same limits.
        pcre2_jit_compile(m_code.get(), PCRE2_JIT_COMPLETE);
        m_context.reset(pcre2_match_context_create(nullptr));
        pcre2_set_match_limit(m_context.get(), stepLimit);
        pcre2_set_depth_limit(m_context.get(), depthLimit);
        pcre2_set_heap_limit(m_context.get(), heapLimitKib);
    }

    [[nodiscard]] bool isUsable() const { return m_code != nullptr; }
    [[nodiscard]] const QString &error() const { return m_error; }

    [[nodiscard]] Match search(std::string_view text) const override
    {
        const std::unique_ptr<pcre2_match_data, FreePcre> data(pcre2_match_data_create(1, nullptr));
        int result = run(text, data.get(), 0);
        if (result == PCRE2_ERROR_JIT_STACKLIMIT) {
            // The JIT's 32 KB of machine stack are small for long, innocent texts; the interpreter uses the
            // heap.
            result = run(text, data.get(), PCRE2_NO_JIT);
        }
        if (result >= 0) {
            return Match::Yes;
        }
        return result == PCRE2_ERROR_NOMATCH ? Match::No : Match::Limit;
    }

private:
    int run(std::string_view text, pcre2_match_data *data, std::uint32_t options) const
    {
        return pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, options,
                           data, m_context.get());
    }

    std::unique_ptr<pcre2_code, FreePcre> m_code;
    std::unique_ptr<pcre2_match_context, FreePcre> m_context;
    QString m_error;
};

base::Failure refused(const std::string &text, const QString &why)
{
    return base::failure(base::ErrorCode::BadInput,
                         u"The pattern \"%1\" cannot be used"_s.arg(QString::fromStdString(text)), why,
                         u"Write it as an ECMA-262 (JavaScript) regular expression."_s);
}

} // namespace

base::Result<std::shared_ptr<const Pattern>> Pattern::compile(const std::string &text)
{
    const auto translated = translateEcmaPattern(text);
    if (!translated) {
        auto asGo = std::make_shared<Re2Pattern>(text, text);
        if (!asGo->isUsable()) {
            return refused(text, QString::fromStdString(translated.error().reason));
        }
        asGo->m_isGoSyntax = true;
        return asGo;
    }
    if (auto simple = SimplePattern::parse(text)) {
        return std::make_shared<OnePassPattern>(text, std::move(*simple));
    }
    if (!translated->needsBacktracking) {
        if (auto linear = std::make_shared<Re2Pattern>(text, translated->text); linear->isUsable()) {
            return linear;
        }
    }
    // What RE2 refuses without look-around is large ({1,5000}) or a script it has not heard of.
    auto bounded = std::make_shared<PcrePattern>(text, translated->text);
    if (!bounded->isUsable()) {
        return refused(text, bounded->error());
    }
    return bounded;
}

base::Result<std::shared_ptr<const Pattern>> PatternCache::get(const std::string &text)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_patterns.find(text); found != m_patterns.end()) {
        return found->second;
    }
    auto pattern = Pattern::compile(text);
    if (pattern) {
        m_patterns.emplace(text, *pattern);
    }
    return pattern;
}

} // namespace schema
