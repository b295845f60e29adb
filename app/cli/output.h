// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "store/reader.h"

#include <memory>

#include <QIODevice>

namespace cli {

/// The store a command reads; the error says which option names it.
[[nodiscard]] base::Result<store::Reader> openStore(const QString &path);

/// Standard output, or a file that appears whole or not at all.
class Output
{
public:
    [[nodiscard]] static base::Result<Output> open(const QString &path);

    void write(QByteArrayView bytes);
    [[nodiscard]] bool commit();
    [[nodiscard]] base::Error error() const;

private:
    std::shared_ptr<QIODevice> m_device;
    QByteArray m_buffer;
    bool m_hasFailed = false;

    void flush();
};

/// Items as lines, or as the elements of one JSON array.
class ListWriter
{
public:
    enum class Style : std::uint8_t { Lines, Json };

    ListWriter(Output &output, Style style);
    void add(QByteArrayView item);
    /// False when something could not be written.
    [[nodiscard]] bool finish();

private:
    Output &m_output;
    Style m_style;
    bool m_isFirst = true;
};

} // namespace cli
