// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/jsonformat.h"

#include <algorithm>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Deeper levels are not pushed further right: 10,000 levels would be 100 MB of spaces.
constexpr int deepestIndent = 60;

class Formatter
{
public:
    Formatter(const JsonFormatOptions &options, const std::stop_token &stop)
        : m_options(options)
        , m_stop(stop)
    {
    }

    void write(json::Value value, int level)
    {
        if (m_stop.stop_requested()) {
            return;
        }
        if (value.isObject() || value.isArray()) {
            writeContainer(value, level);
        } else {
            writeScalar(value);
        }
    }

    [[nodiscard]] QString take() { return std::move(m_text); }

private:
    void writeContainer(json::Value value, int level)
    {
        const bool isObject = value.isObject();
        m_text += isObject ? u'{' : u'[';
        bool isFirst = true;
        for (auto child = value.firstChild(); child; child = child.next()) {
            if (!isFirst) {
                m_text += u',';
            }
            isFirst = false;
            breakLine(level + 1);
            if (isObject) {
                const auto key = child.keyValue().raw();
                m_text += QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
                m_text += u": "_s;
            }
            write(child.value(), level + 1);
        }
        if (!isFirst) {
            breakLine(level);
        }
        m_text += isObject ? u'}' : u']';
    }

    void writeScalar(json::Value value)
    {
        const auto raw = value.raw();
        const QString text = QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
        const auto limit = m_options.maxStringChars;
        if (limit > 0 && value.isString() && text.size() > limit) {
            m_text += QStringView(text).first(limit);
            m_text += u"… "_s +
                      QCoreApplication::translate("ui::JsonFormat", "(%Ln more character(s))", nullptr,
                                                  static_cast<int>(text.size() - limit)) +
                      u'"';
        } else {
            m_text += text;
        }
    }

    void breakLine(int level)
    {
        m_text += u'\n';
        m_text += QString(std::min(level, deepestIndent) * m_options.indent, u' ');
    }

    const JsonFormatOptions &m_options;
    const std::stop_token &m_stop;
    QString m_text;
};

} // namespace

QString formatJson(json::Value root, const JsonFormatOptions &options, const std::stop_token &stop)
{
    if (root.isMissing()) {
        return {};
    }
    Formatter formatter(options, stop);
    formatter.write(root, 0);
    return formatter.take();
}

} // namespace ui
