// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/csvtable.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

QString squeezed(QStringView name)
{
    QString made;
    for (const QChar c : name) {
        if (c.isLetterOrNumber()) {
            made += c.toLower();
        }
    }
    return made;
}

base::Failure badTable(int line, const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput, u"The CSV cannot be read."_s,
                         u"Line %1: %2"_s.arg(line).arg(why), fix);
}

/// The separator that the first line has most of, outside quotes.
char separatorOf(const QByteArray &text)
{
    constexpr std::array<char, 3> separators{',', ';', '\t'};
    std::array<int, 3> counts{};
    bool isQuoted = false;
    for (const char c : text) {
        if (c == '"') {
            isQuoted = !isQuoted;
        } else if (c == '\n' && !isQuoted) {
            break;
        }
        for (std::size_t i = 0; i < separators.size() && !isQuoted; ++i) {
            counts[i] += c == separators[i] ? 1 : 0;
        }
    }
    return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

/// One record after another.
class Records
{
public:
    explicit Records(const QByteArray &text)
        : m_text(text)
        , m_separator(separatorOf(text))
    {
        if (m_text.startsWith("\xEF\xBB\xBF")) {
            m_at = 3;
        }
    }

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] int line() const { return m_line; }

    base::Result<QStringList> next()
    {
        QStringList cells;
        while (true) {
            auto cell = nextCell();
            if (!cell) {
                return base::Failure(cell.error());
            }
            cells.append(*cell);
            if (isAtEnd()) {
                return cells;
            }
            const char c = m_text[m_at++];
            if (c == m_separator) {
                if (isAtEnd()) {
                    cells.append(QString());
                    return cells;
                }
                continue;
            }
            if (c == '\r' && m_at < m_text.size() && m_text[m_at] == '\n') {
                ++m_at;
            }
            ++m_line;
            return cells;
        }
    }

private:
    [[nodiscard]] bool endsCell(char c) const { return c == m_separator || c == '\n' || c == '\r'; }

    base::Result<QString> nextCell()
    {
        const int begin = m_line;
        QByteArray cell;
        if (!isAtEnd() && m_text[m_at] == '"') {
            ++m_at;
            while (true) {
                const qsizetype quote = m_text.indexOf('"', m_at);
                if (quote < 0) {
                    return badTable(begin, u"A quote is opened and never closed."_s,
                                    u"Close it, and write a quote inside a quoted cell twice."_s);
                }
                cell += QByteArrayView(m_text).sliced(m_at, quote - m_at);
                m_at = quote + 1;
                if (cell.size() > CsvTable::maxCellBytes) {
                    return tooLong(begin);
                }
                if (m_at < m_text.size() && m_text[m_at] == '"') {
                    cell += '"';
                    ++m_at;
                    continue;
                }
                break;
            }
            m_line += static_cast<int>(cell.count('\n'));
            if (!isAtEnd() && !endsCell(m_text[m_at])) {
                return badTable(m_line, u"Something follows the closing quote of a cell."_s,
                                u"Write a quote inside a quoted cell twice."_s);
            }
        } else {
            const qsizetype from = m_at;
            while (!isAtEnd() && !endsCell(m_text[m_at])) {
                if (++m_at - from > CsvTable::maxCellBytes) {
                    return tooLong(begin);
                }
            }
            cell = m_text.sliced(from, m_at - from).trimmed();
        }
        return QString::fromUtf8(cell);
    }

    static base::Failure tooLong(int line)
    {
        return badTable(line, u"A cell has more than 1 MB."_s, u"Check that this is the plan's CSV."_s);
    }

    const QByteArray &m_text;
    char m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
};

bool isBlank(const QStringList &cells)
{
    return std::ranges::all_of(cells, [](const QString &cell) { return cell.trimmed().isEmpty(); });
}

} // namespace

base::Result<CsvTable> CsvTable::read(const QByteArray &utf8)
{
    CsvTable table;
    Records records(utf8);
    while (!records.isAtEnd()) {
        const int line = records.line();
        auto cells = records.next();
        if (!cells) {
            return base::Failure(cells.error());
        }
        if (isBlank(*cells)) {
            continue;
        }
        if (table.m_header.isEmpty()) {
            table.m_header = std::move(*cells);
            continue;
        }
        if (cells->size() > table.m_header.size() && !isBlank(cells->mid(table.m_header.size()))) {
            return badTable(line,
                            u"The row has %1 cells, but the header has %2."_s.arg(cells->size())
                                .arg(table.m_header.size()),
                            u"Put cells that hold a separator in quotes."_s);
        }
        if (table.m_rows.size() == maxRows) {
            return base::failure(base::ErrorCode::Limit, u"The CSV is too long for a tracking plan."_s,
                                 u"It has more than 100,000 rows, the most that Segment takes."_s,
                                 u"Check that this is the plan, or split it."_s);
        }
        table.m_rows.push_back(std::move(*cells));
        table.m_lines.push_back(line);
    }
    if (table.m_header.isEmpty()) {
        return base::failure(base::ErrorCode::BadInput, u"The CSV cannot be read."_s, u"It is empty."_s,
                             u"Choose the plan's CSV."_s);
    }
    table.m_wasAsked.assign(static_cast<std::size_t>(table.m_header.size()), false);
    return table;
}

int CsvTable::column(std::initializer_list<QStringView> names) const
{
    for (const QStringView name : names) {
        for (qsizetype i = 0; i < m_header.size(); ++i) {
            if (squeezed(m_header[i]) == squeezed(name)) {
                m_wasAsked[static_cast<std::size_t>(i)] = true;
                return static_cast<int>(i);
            }
        }
    }
    return -1;
}

QString CsvTable::cell(std::size_t row, int column) const
{
    return column < 0 ? QString() : m_rows[row].value(column);
}

QStringList CsvTable::unaskedColumns() const
{
    QStringList columns;
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        if (!m_wasAsked[static_cast<std::size_t>(i)] && !m_header[i].trimmed().isEmpty()) {
            columns.append(m_header[i].trimmed());
        }
    }
    return columns;
}

QByteArray csvText(const QStringList &header, const std::vector<QStringList> &rows)
{
    QByteArray text;
    const auto write = [&text](const QStringList &cells) {
        bool isFirst = true;
        for (const QString &one : cells) {
            QByteArray cell = one.toUtf8();
            const bool isPlain = !cell.contains(',') && !cell.contains('"') && !cell.contains('\n') &&
                                 !cell.contains('\r') && cell.trimmed() == cell;
            if (!isPlain) {
                cell = '"' + cell.replace('"', "\"\"") + '"';
            }
            text += isFirst ? cell : ',' + cell;
            isFirst = false;
        }
        text += '\n';
    };
    write(header);
    std::ranges::for_each(rows, write);
    return text;
}

} // namespace plan::formats
