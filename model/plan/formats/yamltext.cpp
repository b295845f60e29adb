// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/yamltext.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr std::size_t maxValues = 500'000;
constexpr int maxDepth = 100;

base::Error badYaml(const YAML::Mark &mark, const QString &why)
{
    const QString where =
        mark.is_null() ? QString() : u"Line %1, column %2: "_s.arg(mark.line + 1).arg(mark.column + 1);
    return {base::ErrorCode::BadInput, u"The YAML cannot be read."_s, where + why,
            u"Correct the file at that place."_s};
}

/// A plain scalar by the core schema of YAML 1.2 (section 10.3.2).
Json plainScalar(const std::string &text)
{
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
        return nullptr;
    }
    if (text == "true" || text == "True" || text == "TRUE") {
        return true;
    }
    if (text == "false" || text == "False" || text == "FALSE") {
        return false;
    }
    const char *const end = text.data() + text.size();
    const char *begin = text.data() + (text.front() == '+' ? 1 : 0);
    std::int64_t whole = 0;
    if (const auto [last, error] = std::from_chars(begin, end, whole); error == std::errc() && last == end) {
        return whole;
    }
    const bool isNumeric = text.find_first_of("0123456789") != std::string::npos &&
                           text.find_first_not_of("+-0123456789.eE") == std::string::npos;
    if (isNumeric) {
        double number = 0;
        const auto [last, error] = std::from_chars(begin, end, number);
        if (error == std::errc() && last == end && std::isfinite(number)) {
            return number;
        }
    }
    return text;
}

/// Expands nodes into values; aliases make a small text a huge tree, so what is made is counted.
class Expansion
{
public:
    Json value(const YAML::Node &node, int depth)
    {
        if (m_error || !counts(node, depth)) {
            return nullptr;
        }
        switch (node.Type()) {
        case YAML::NodeType::Scalar:
            return node.Tag() == "!" ? Json(node.Scalar()) : plainScalar(node.Scalar());
        case YAML::NodeType::Sequence: {
            Json list = Json::array();
            for (const YAML::Node &item : node) {
                list.push_back(value(item, depth + 1));
            }
            return list;
        }
        case YAML::NodeType::Map:
            return object(node, depth);
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            break;
        }
        return nullptr;
    }

    [[nodiscard]] const std::optional<base::Error> &error() const { return m_error; }

private:
    bool counts(const YAML::Node &node, int depth)
    {
        if (++m_count > maxValues) {
            m_error = {
                base::ErrorCode::Limit, u"The YAML is too large."_s,
                u"Once its aliases are expanded it holds more than 500,000 values."_s,
                u"Check that this is the plan; write what its aliases repeat only where it is needed."_s};
        } else if (depth > maxDepth) {
            m_error = badYaml(node.Mark(),
                              u"It is nested more than 100 levels deep, perhaps by an alias to itself."_s);
        }
        return !m_error;
    }

    Json object(const YAML::Node &node, int depth)
    {
        Json made = Json::object();
        for (const auto &entry : node) {
            if (!entry.first.IsScalar()) {
                m_error = badYaml(entry.first.Mark(), u"A key must be a text."_s);
                return made;
            }
            const std::string &key = entry.first.Scalar();
            if (made.contains(key)) {
                m_error = badYaml(entry.first.Mark(),
                                  u"The key \"%1\" stands here twice."_s.arg(QString::fromStdString(key)));
                return made;
            }
            made[key] = value(entry.second, depth + 1);
            if (m_error) {
                return made;
            }
        }
        return made;
    }

    std::size_t m_count = 0;
    std::optional<base::Error> m_error;
};

bool isSafePlain(const std::string &text)
{
    if (text.empty() || !plainScalar(text).is_string()) {
        return false;
    }
    // What YAML 1.1 readers take for booleans.
    for (const char *word :
         {"yes", "no", "on", "off", "y", "n", "Yes", "No", "On", "Off", "Y", "N", "YES", "NO", "ON", "OFF"}) {
        if (text == word) {
            return false;
        }
    }
    const bool hasPlainBegin = std::isalnum(static_cast<unsigned char>(text.front())) != 0 ||
                               text.front() == '_' || text.front() == '/';
    if (!hasPlainBegin || text.back() == ' ' || text.back() == ':') {
        return false;
    }
    if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos) {
        return false;
    }
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            return false;
        }
    }
    // A date would be read as one.
    return !(text.size() >= 10 && std::isdigit(static_cast<unsigned char>(text[0])) != 0 && text[4] == '-');
}

std::string scalarText(const Json &value)
{
    if (!value.is_string()) {
        return value.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    // A JSON text is a double-quoted YAML scalar.
    const auto &text = value.get_ref<const std::string &>();
    return isSafePlain(text) ? text : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string keyText(const std::string &key)
{
    return scalarText(Json(key));
}

void write(std::string &out, const Json &value, std::size_t indent);

void writeMember(std::string &out, const std::string &key, const Json &value, std::size_t indent)
{
    out += keyText(key) + ':';
    if (value.is_structured() && !value.empty()) {
        out += '\n';
        write(out, value, indent + 2);
        return;
    }
    out += ' ' + (value.is_structured() ? std::string(value.is_array() ? "[]" : "{}") : scalarText(value)) +
           '\n';
}

void write(std::string &out, const Json &value, std::size_t indent)
{
    const std::string margin(indent, ' ');
    if (value.is_object()) {
        for (const auto &[key, child] : value.items()) {
            out += margin;
            writeMember(out, key, child, indent);
        }
        return;
    }
    for (const Json &item : value) {
        out += margin + "- ";
        if (item.is_object() && !item.empty()) {
            bool isFirst = true;
            for (const auto &[key, child] : item.items()) {
                out += isFirst ? "" : margin + "  ";
                writeMember(out, key, child, indent + 2);
                isFirst = false;
            }
        } else if (item.is_array() && !item.empty()) {
            out += '\n';
            write(out, item, indent + 2);
        } else {
            out +=
                (item.is_structured() ? std::string(item.is_array() ? "[]" : "{}") : scalarText(item)) + '\n';
        }
    }
}

} // namespace

base::Result<std::vector<Json>> readYaml(const QByteArray &utf8)
{
    std::vector<YAML::Node> nodes;
    try {
        nodes = YAML::LoadAll(utf8.toStdString());
    } catch (const YAML::DeepRecursion &error) {
        return base::Failure(badYaml(error.mark, u"It is nested too deep."_s));
    } catch (const YAML::Exception &error) {
        return base::Failure(badYaml(error.mark, QString::fromStdString(error.msg) + u'.'));
    } catch (const std::exception &error) {
        return base::Failure(badYaml(YAML::Mark::null_mark(), QString::fromUtf8(error.what()) + u'.'));
    }
    std::vector<Json> documents;
    Expansion expansion;
    try {
        for (const YAML::Node &node : nodes) {
            documents.push_back(expansion.value(node, 0));
            if (expansion.error()) {
                return base::Failure(*expansion.error());
            }
        }
    } catch (const std::exception &error) {
        return base::Failure(badYaml(YAML::Mark::null_mark(), QString::fromUtf8(error.what()) + u'.'));
    }
    return documents;
}

QByteArray yamlText(const std::vector<Json> &documents)
{
    std::string text;
    for (const Json &document : documents) {
        text += text.empty() ? "" : "---\n";
        write(text, document, 0);
    }
    return QByteArray::fromStdString(text);
}

} // namespace plan::formats
