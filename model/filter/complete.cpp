// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/fields.h"
#include "filter/lexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

bool startsWith(const QString &text, const QString &prefix)
{
    return text.startsWith(prefix, Qt::CaseInsensitive);
}

QString fieldLabel(Field field)
{
    return nameOf(field) + (hasPath(field) ? u'.' : u':');
}

QStringList fieldsLike(const QString &prefix)
{
    QStringList candidates;
    for (const QString &name : fieldNames()) {
        if (startsWith(name, prefix)) {
            candidates.append(fieldLabel(*fieldFromName(name)));
        }
    }
    return candidates;
}

/// `prop.deli` at its end: fields, or paths of the field before the dot.
Completion completeField(const Token &token, const SeenValues &seen)
{
    const QString typed = textOf(token.value);
    const qsizetype dot = typed.indexOf(u'.');
    const std::optional<Field> field = dot < 0 ? std::nullopt : fieldFromName(typed.first(dot));
    if (!field || !hasPath(*field)) {
        return {token.position, fieldsLike(typed)};
    }
    const QString prefix = typed.sliced(dot + 1);
    Completion completion{token.position, {}};
    const QStringList paths = seen ? seen(*field, QString(), prefix) : QStringList();
    for (const QString &path : paths) {
        if (startsWith(path, prefix)) {
            // Written by the language's own writer, so that odd names get their backslashes.
            Term term;
            term.field = *field;
            term.path = path;
            term.value = u"x"_s;
            auto node = std::make_shared<Node>();
            node->term = std::move(term);
            completion.candidates.append(toString(node).chopped(1));
        }
    }
    return completion;
}

Completion completeValue(const Token &token, const SeenValues &seen)
{
    const auto dot =
        std::ranges::find_if(token.field, [](const Letter &letter) { return letter.isBare(u'.'); });
    const std::optional<Field> field = fieldFromName(textOf(Letters(token.field.begin(), dot)));
    Completion completion{token.valuePosition, {}};
    if (!field) {
        return completion;
    }
    const QString prefix = textOf(token.value);
    QStringList choices = choicesOf(*field);
    choices.removeAll(QString());
    for (const QString &choice : choices) {
        if (startsWith(choice, prefix)) {
            completion.candidates.append(choice);
        }
    }
    const bool isFree = choices.isEmpty() && *field != Field::Time;
    if (isFree && seen) {
        const QString path =
            dot == token.field.end() ? QString() : textOf(Letters(dot + 1, token.field.end()));
        const QStringList values = seen(*field, path, prefix);
        for (const QString &value : values) {
            if (startsWith(value, prefix)) {
                completion.candidates.append(literal(value));
            }
        }
    }
    return completion;
}

} // namespace

Completion complete(const QString &text, qsizetype cursor, const SeenValues &seen)
{
    const QString before = text.first(std::clamp<qsizetype>(cursor, 0, text.size()));
    const Tokens lexed = lex(before);
    // The last token is the one the cursor stands at the end of, unless a space parts them.
    const Token *token = nullptr;
    for (const Token &candidate : lexed.tokens) {
        const bool endsHere = candidate.position + candidate.length == before.size();
        const bool isText = candidate.kind == Token::Kind::Term || candidate.kind == Token::Kind::Or ||
                            candidate.kind == Token::Kind::And;
        if (isText && endsHere) {
            token = &candidate;
        }
    }
    if (token == nullptr) {
        return {before.size(), fieldsLike({})};
    }
    if (token->hasField) {
        return completeValue(*token, seen);
    }
    return token->isQuoted ? Completion{before.size(), {}} : completeField(*token, seen);
}

} // namespace filter
