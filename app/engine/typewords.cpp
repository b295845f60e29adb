// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/typewords.h"

#include "app/engine/valuewords.h"

#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// The finding's arguments with the questions that the fixes ask of them.
struct WrongType
{
    QStringList expected; ///< type words
    QString type;
    QString text;
    QString place;
    QString should; ///< "a whole number"
    bool isRequired;

    [[nodiscard]] bool expects(const QString &one) const { return expected.contains(one); }
    [[nodiscard]] bool expectsNumber() const { return expects(u"integer"_s) || expects(u"number"_s); }
};

/// "or allow numbers in the plan."
QString allowing(const WrongType &wrong)
{
    if (wrong.type == u"string"_s) {
        return Findings::tr("or allow text in the plan.");
    }
    if (wrong.type == u"number"_s || wrong.type == u"integer"_s) {
        return wrong.expects(u"integer"_s) ? Findings::tr("or allow decimals in the plan.")
                                           : Findings::tr("or allow numbers in the plan.");
    }
    if (wrong.type == u"boolean"_s) {
        return Findings::tr("or allow true and false in the plan.");
    }
    if (wrong.type == u"array"_s) {
        return Findings::tr("or allow lists in the plan.");
    }
    return wrong.type == u"object"_s ? Findings::tr("or allow objects in the plan.")
                                     : Findings::tr("or allow null in the plan.");
}

/// How the app says that there is no value, when the plan lets it.
QString nothingInstead(const WrongType &wrong)
{
    if (wrong.expects(u"null"_s)) {
        return Findings::tr("Send null when %1 has no value").arg(wrong.place);
    }
    return wrong.isRequired ? Findings::tr("Send %1").arg(wrong.should)
                            : Findings::tr("Leave %1 out when it has no value").arg(wrong.place);
}

/// The number in "€12.50", "12,50" or "1,299.00"; empty where it can't be told.
QString bareNumber(const QString &text)
{
    static const QRegularExpression around(u"^[^\\d-]{0,4}(-?\\d[\\d.,' ]*?)[^\\d%]{0,12}$"_s);
    static const QRegularExpression plain(u"^-?(0|[1-9]\\d*)(\\.\\d+)?$"_s);
    static const QRegularExpression decimalComma(u"^-?(0|[1-9]\\d*),\\d{1,2}$"_s);
    static const QRegularExpression thousands(u"^-?[1-9]\\d{0,2}(,\\d{3})+\\.\\d+$"_s);
    const auto match = around.match(text);
    QString number = match.captured(1);
    if (decimalComma.match(number).hasMatch()) {
        number.replace(u',', u'.');
    } else if (thousands.match(number).hasMatch()) {
        number.remove(u',');
    }
    return plain.match(number).hasMatch() ? number : QString();
}

QString numberFromText(const WrongType &wrong)
{
    static const QRegularExpression number(u"^-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?$"_s);
    static const QRegularExpression whole(u"^-?(0|[1-9]\\d*)$"_s);
    static const QRegularExpression zeros(u"^0\\d+$"_s);
    static const QRegularExpression amount(u"^[^\\d]{0,4}\\d[\\d.,' ]*[^\\d]{0,12}$"_s);
    const auto isFit = [&](const QString &text) {
        return wrong.expects(u"number"_s) || whole.match(text).hasMatch();
    };
    const QString text = wrong.text.trimmed();
    const QString allow = allowing(wrong);
    if (number.match(text).hasMatch()) {
        return isFit(text) ? Findings::tr("Send the number %1 without quotes, %2").arg(cut(text), allow)
                           : Findings::tr("Send a whole number without quotes, %1").arg(allow);
    }
    if (zeros.match(text).hasMatch()) {
        return Findings::tr("Send the number without quotes and leading zeros, %1").arg(allow);
    }
    if (const QString bare = bareNumber(text); !bare.isEmpty() && isFit(bare)) {
        return Findings::tr("Send the number %1 alone, %2").arg(bare, allow);
    }
    return amount.match(text).hasMatch()
               ? Findings::tr("Send the number alone, without quotes, unit and separators, %1").arg(allow)
               : QString();
}

QString booleanFromText(const WrongType &wrong)
{
    const QString lower = wrong.text.toLower();
    if (lower == u"true"_s || lower == u"false"_s) {
        return Findings::tr("Send %1 without quotes, %2").arg(lower, allowing(wrong));
    }
    static const QStringList yes{u"yes"_s, u"y"_s, u"on"_s, u"1"_s, u"t"_s};
    static const QStringList no{u"no"_s, u"n"_s, u"off"_s, u"0"_s, u"f"_s};
    return yes.contains(lower) ? Findings::tr("Send true for %1, without quotes, %2")
                                     .arg(inQuotes(wrong.text), allowing(wrong))
           : no.contains(lower) ? Findings::tr("Send false for %1, without quotes, %2")
                                      .arg(inQuotes(wrong.text), allowing(wrong))
                                : QString();
}

QString textFix(const WrongType &wrong)
{
    if (wrong.text.isEmpty()) {
        return Findings::tr("%1, or allow text in the plan.").arg(nothingInstead(wrong));
    }
    static const QStringList nothings{u"undefined"_s, u"null"_s, u"NaN"_s,    u"None"_s, u"nil"_s,
                                      u"(null)"_s,    u"NULL"_s, u"<null>"_s, u"N/A"_s,  u"n/a"_s};
    if (nothings.contains(wrong.text)) {
        return Findings::tr("%1: the app seems to turn a missing value into text.")
            .arg(nothingInstead(wrong));
    }
    if (wrong.text == u"[object Object]"_s) {
        return Findings::tr("JavaScript turned an object into this text: send %1 instead.").arg(wrong.should);
    }
    QString fix;
    if (wrong.expectsNumber()) {
        fix = numberFromText(wrong);
    }
    if (fix.isEmpty() && wrong.expects(u"boolean"_s)) {
        fix = booleanFromText(wrong);
    }
    if (!fix.isEmpty()) {
        return fix;
    }
    if (wrong.expects(u"array"_s)) {
        return wrong.text.startsWith(u'[')
                   ? Findings::tr("Send the list itself, not its JSON as text, %1").arg(allowing(wrong))
                   : Findings::tr("Send a list, also for a single item, %1").arg(allowing(wrong));
    }
    if (wrong.expects(u"object"_s) && wrong.text.startsWith(u'{')) {
        return Findings::tr("Send the object itself, not its JSON as text, %1").arg(allowing(wrong));
    }
    return {};
}

QString numberFix(const WrongType &wrong)
{
    const bool isNoNumber = wrong.text == u"NaN"_s || wrong.text.endsWith(u"Infinity"_s);
    if (isNoNumber) {
        return Findings::tr("%1 is no JSON: leave %2 out when it can't be computed.")
            .arg(wrong.text, wrong.place);
    }
    if (wrong.expects(u"number"_s)) {
        return Findings::tr("Send a number that a computer can hold: this one is too large.");
    }
    if (wrong.expects(u"integer"_s)) {
        return Findings::tr("Round it to a whole number in the app, %1").arg(allowing(wrong));
    }
    if (wrong.expects(u"boolean"_s) && (wrong.text == u"0"_s || wrong.text == u"1"_s)) {
        return Findings::tr("Send %1 instead of %2, %3")
            .arg(wrong.text == u"1"_s ? u"true"_s : u"false"_s, wrong.text, allowing(wrong));
    }
    if (wrong.expects(u"string"_s)) {
        return Findings::tr("Send it as text, in quotes: \"%1\", %2").arg(cut(wrong.text), allowing(wrong));
    }
    return {};
}

QString otherFix(const WrongType &wrong)
{
    if (wrong.type == u"boolean"_s && wrong.expects(u"string"_s)) {
        return Findings::tr("Send it as text, in quotes: \"%1\", %2").arg(wrong.text, allowing(wrong));
    }
    if (wrong.type == u"array"_s && wrong.expected.first() == u"object"_s && wrong.text == u"[]"_s) {
        return Findings::tr("Send {} for an empty object; PHP writes [] for an empty array.");
    }
    if (wrong.type == u"object"_s && wrong.expects(u"array"_s)) {
        return Findings::tr("Send a list, also for a single item, %1").arg(allowing(wrong));
    }
    return {};
}

/// A fix does not ask for nothing.
QString withoutNull(QString types)
{
    return types.replace(u" or null"_s, QString());
}

} // namespace

QString typeFix(const event::Finding &finding)
{
    QString expected = finding.args.value(0);
    const WrongType wrong{expected.replace(u" or "_s, u", "_s).split(u", "_s, Qt::SkipEmptyParts),
                          finding.args.value(1),
                          finding.args.value(2),
                          innerPlace(finding.at),
                          typesWords(withoutNull(finding.args.value(0))),
                          finding.args.value(event::RequiredArgument) == u"required"_s};
    const QString fix = wrong.type == u"null"_s
                            ? Findings::tr("%1, or allow null in the plan.").arg(nothingInstead(wrong))
                        : wrong.type == u"string"_s                               ? textFix(wrong)
                        : wrong.type == u"number"_s || wrong.type == u"integer"_s ? numberFix(wrong)
                                                                                  : otherFix(wrong);
    return fix.isEmpty() ? Findings::tr("Send %1, %2").arg(wrong.should, allowing(wrong)) : fix;
}

} // namespace engine
