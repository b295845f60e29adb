// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/lexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

class Lexer
{
public:
    explicit Lexer(const QString &text)
        : m_text(text)
    {
    }

    Tokens run()
    {
        while (m_at < m_text.size()) {
            const QChar character = m_text.at(m_at);
            if (character.isSpace()) {
                ++m_at;
            } else if (character == u'(') {
                addMark(Token::Kind::Open);
            } else if (character == u')') {
                addMark(Token::Kind::Close);
            } else if (character == u'-') {
                addMark(Token::Kind::Minus);
            } else {
                addTerm();
            }
        }
        Token end;
        end.position = m_text.size();
        m_tokens.tokens.push_back(end);
        return std::move(m_tokens);
    }

private:
    void addMark(Token::Kind kind)
    {
        Token token;
        token.kind = kind;
        token.position = m_at++;
        token.length = 1;
        m_tokens.tokens.push_back(std::move(token));
    }

    void addTerm()
    {
        Token token;
        token.kind = Token::Kind::Term;
        token.position = m_at;
        token.valuePosition = m_at;
        const bool canHaveField = m_text.at(m_at) != u'"';
        token.isQuoted = !canHaveField;
        while (m_at < m_text.size()) {
            const QChar character = m_text.at(m_at);
            if (character.isSpace() || character == u'(' || character == u')') {
                break;
            }
            if (character == u'"') {
                addQuoted(token.value);
            } else if (character == u'\\' && m_at + 1 < m_text.size()) {
                token.value.push_back({Letter::Kind::Escaped, m_text.at(m_at + 1), m_at});
                m_at += 2;
            } else if (character == u':' && canHaveField && !token.hasField) {
                token.hasField = true;
                token.field = std::move(token.value);
                token.value.clear();
                token.valuePosition = ++m_at;
                token.isQuoted = m_at < m_text.size() && m_text.at(m_at) == u'"';
            } else {
                token.value.push_back({Letter::Kind::Bare, character, m_at++});
            }
        }
        token.length = m_at - token.position;
        const bool isBare = !token.hasField && std::ranges::all_of(token.value, [](const Letter &letter) {
            return letter.kind == Letter::Kind::Bare;
        });
        const QStringView text = QStringView(m_text).sliced(token.position, token.length);
        if (isBare && text == u"OR") {
            token.kind = Token::Kind::Or;
        } else if (isBare && text == u"AND") {
            token.kind = Token::Kind::And;
        }
        m_tokens.tokens.push_back(std::move(token));
    }

    void addQuoted(Letters &letters)
    {
        const qsizetype open = m_at++;
        while (m_at < m_text.size()) {
            const QChar character = m_text.at(m_at);
            if (character == u'"') {
                ++m_at;
                return;
            }
            if (character == u'\\' && m_at + 1 < m_text.size()) {
                letters.push_back({Letter::Kind::Escaped, m_text.at(m_at + 1), m_at});
                m_at += 2;
            } else {
                letters.push_back({Letter::Kind::Quoted, character, m_at++});
            }
        }
        m_tokens.openQuote = m_tokens.openQuote.value_or(open);
    }

    const QString &m_text;
    qsizetype m_at = 0;
    Tokens m_tokens;
};

} // namespace

Tokens lex(const QString &text)
{
    return Lexer(text).run();
}

QString textOf(const Letters &letters)
{
    QString text;
    text.reserve(static_cast<qsizetype>(letters.size()));
    for (const Letter &letter : letters) {
        text += letter.character;
    }
    return text;
}

} // namespace filter
