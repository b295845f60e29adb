// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include <QFile>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace cli {

base::Result<store::Reader> openStore(const QString &path)
{
    if (path.isEmpty()) {
        return base::failure(base::ErrorCode::BadInput, u"No store was named."_s, {},
                             u"Name one with --store FILE."_s);
    }
    return store::Reader::open(path);
}

base::Result<Output> Output::open(const QString &path)
{
    Output output;
    bool isOpen = false;
    if (path.isEmpty() || path == u"-"_s) {
        auto file = std::make_shared<QFile>();
        isOpen = file->open(stdout, QIODevice::WriteOnly);
        output.m_device = std::move(file);
    } else {
        output.m_device = std::make_shared<QSaveFile>(path);
        isOpen = output.m_device->open(QIODevice::WriteOnly);
    }
    if (!isOpen) {
        return base::failure(base::ErrorCode::Permission, u"%1 can't be written."_s.arg(path),
                             output.m_device->errorString() + u'.',
                             u"Choose a file in a folder that is writable."_s);
    }
    return output;
}

void Output::write(QByteArrayView bytes)
{
    constexpr qsizetype bufferBytes = 256 * 1024;
    m_buffer.append(bytes);
    if (m_buffer.size() >= bufferBytes) {
        flush();
    }
}

void Output::flush()
{
    if (!m_hasFailed && m_device->write(m_buffer) != m_buffer.size()) {
        m_hasFailed = true;
    }
    m_buffer.clear();
}

bool Output::commit()
{
    flush();
    if (auto *file = qobject_cast<QSaveFile *>(m_device.get()); file != nullptr && !m_hasFailed) {
        m_hasFailed = !file->commit();
    } else if (auto *standard = qobject_cast<QFile *>(m_device.get());
               standard != nullptr && !standard->flush()) {
        m_hasFailed = true;
    }
    return !m_hasFailed;
}

base::Error Output::error() const
{
    return {base::ErrorCode::Io, u"The output could not be written."_s, m_device->errorString() + u'.',
            u"Free some space, or write somewhere else with --output."_s};
}

ListWriter::ListWriter(Output &output, Style style)
    : m_output(output)
    , m_style(style)
{
}

void ListWriter::add(QByteArrayView item)
{
    if (m_style == Style::Json) {
        m_output.write(m_isFirst ? "[\n" : ",\n");
    }
    m_output.write(item);
    if (m_style == Style::Lines) {
        m_output.write("\n");
    }
    m_isFirst = false;
}

bool ListWriter::finish()
{
    if (m_style == Style::Json) {
        m_output.write(m_isFirst ? "[]\n" : "\n]\n");
    }
    return m_output.commit();
}

} // namespace cli
