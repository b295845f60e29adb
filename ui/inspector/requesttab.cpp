// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/requesttab.h"

#include "ui/inspector/requesttext.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"

#include "segment/isotime.h"

#include <algorithm>

#include <QGridLayout>
#include <QLocale>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::size_t maxHeaders = 200;
constexpr qsizetype maxShownBytes = 8 * 1024;

/// Builds one column of sections: caption above, facts as name and value below.
class Sheet
{
public:
    Sheet(const Theme &theme, QWidget *content)
        : m_theme(theme)
        , m_content(content)
        , m_column(new QVBoxLayout(content))
    {
        m_column->setContentsMargins(space::l, space::m, space::l, space::l);
        m_column->setSpacing(space::xs);
    }

    void caption(const QString &text)
    {
        auto *label = new ThemedLabel(m_theme, FontRole::Meta, Role::TextHint, m_content);
        label->setText(text);
        if (m_column->count() > 0) {
            m_column->addSpacing(space::m);
        }
        m_column->addWidget(label);
        m_grid = nullptr;
    }

    ThemedLabel *text(FontRole font, Role role, const QString &text)
    {
        auto *label = selectable(font, role, text);
        m_column->addWidget(label);
        return label;
    }

    void fact(const QString &name, const QString &value, FontRole font = FontRole::Body)
    {
        if (m_grid == nullptr) {
            m_grid = new QGridLayout;
            m_grid->setHorizontalSpacing(space::m);
            m_grid->setVerticalSpacing(space::xs);
            m_grid->setColumnStretch(1, 1);
            m_column->addLayout(m_grid);
        }
        auto *label = new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, m_content);
        label->setText(name);
        const int row = m_grid->rowCount();
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        m_grid->addWidget(selectable(font, Role::Text, value), row, 1);
    }

    void widget(QWidget *widget) { m_column->addWidget(widget); }
    void finish() { m_column->addStretch(); }

private:
    ThemedLabel *selectable(FontRole font, Role role, const QString &text)
    {
        auto *label = new ThemedLabel(m_theme, font, role, m_content, ThemedLabel::Text::Selectable);
        label->setWordWrap(true);
        // A label only wraps at white space: tokens and urls have none, so they get places to break.
        QString breakable = text;
        if (font == FontRole::Mono) {
            constexpr qsizetype stride = 24;
            for (qsizetype at = stride; at < breakable.size(); at += stride + 1) {
                breakable.insert(at, QChar(0x200b));
            }
        }
        label->setText(breakable);
        label->setMinimumWidth(1);
        return label;
    }

    const Theme &m_theme;
    QWidget *m_content;
    QVBoxLayout *m_column;
    QGridLayout *m_grid = nullptr;
};

QString codingText(http::Coding coding)
{
    switch (coding) {
    case http::Coding::Gzip:
        return u"gzip"_s;
    case http::Coding::Deflate:
        return u"deflate"_s;
    case http::Coding::Identity:
        break;
    }
    return RequestTab::tr("none");
}

/// Marks the byte a rejection speaks of; `text` is the body as shown, so the place is found by its bytes.
void mark(JsonTextEdit &view, const Theme &theme, int position, int length)
{
    QTextEdit::ExtraSelection place;
    place.cursor = view.textCursor();
    place.cursor.setPosition(position);
    place.cursor.setPosition(position + length, QTextCursor::KeepAnchor);
    place.format.setBackground(theme.color(Role::Rejected));
    place.format.setForeground(theme.color(Role::Surface));
    view.setExtraSelections({place});
    QTextCursor cursor = view.textCursor();
    cursor.setPosition(position);
    view.setTextCursor(cursor);
}

QString clockText(std::int64_t us)
{
    return RequestTab::tr("%1  (%2)").arg(localClock(us), QString::fromLatin1(segment::isoTime(us)));
}

/// When it happened, by the app's clock and by ours: Segment's rule for `timestamp`.
void addTimes(Sheet &sheet, const EventTimes &times)
{
    sheet.caption(RequestTab::tr("Times"));
    if (times.timestampUs) {
        sheet.fact(RequestTab::tr("originalTimestamp"), clockText(*times.timestampUs));
    }
    if (times.sentUs) {
        sheet.fact(RequestTab::tr("sentAt"), clockText(*times.sentUs));
    }
    sheet.fact(RequestTab::tr("receivedAt"), clockText(times.receivedUs));
    if (const auto skew = times.skewUs()) {
        sheet.fact(RequestTab::tr("Clock"), skewText(*skew));
    }
    if (const auto corrected = times.correctedUs()) {
        sheet.fact(RequestTab::tr("Corrected"), clockText(*corrected));
    }
}

void addBytes(Sheet &sheet, const Theme &theme, const store::EventDetail &detail, QWidget *content)
{
    const QByteArray body =
        withMaskedWriteKeys(detail.requestBody.isEmpty() ? detail.event.body : detail.requestBody);
    if (body.isEmpty()) {
        sheet.caption(RequestTab::tr("Body"));
        sheet.text(FontRole::Body, Role::TextSecondary, RequestTab::tr("The request had no body."));
        return;
    }
    const bool isText = isReadableText(body.left(maxShownBytes - 4));
    sheet.caption(isText ? RequestTab::tr("Body as it came") : RequestTab::tr("Body as it came, in hex"));
    const auto offset = offsetNamedIn(detail.rejectReason, body);
    // A window around the place in question, from the start otherwise.
    const qsizetype from =
        offset && *offset > maxShownBytes / 2 ? (*offset - maxShownBytes / 2) / 16 * 16 : 0;
    const QByteArray shown = body.mid(from, maxShownBytes);
    auto *view = new JsonTextEdit(theme, content);
    view->setObjectName(u"rejectedBytes"_s);
    view->setAccessibleName(RequestTab::tr("Body as it came"));
    view->setMinimumHeight(180);
    setGround(*view, Role::Sunken);
    if (isText) {
        view->setPlainText(QString::fromUtf8(shown));
        if (offset) {
            const auto before = QString::fromUtf8(shown.first(*offset - from)).size();
            mark(*view, theme, static_cast<int>(before), 1);
        }
    } else {
        view->setPlainText(hexDump(shown, maxShownBytes));
        if (offset) {
            constexpr qsizetype width = 16;
            const QTextBlock line =
                view->document()->findBlockByNumber(static_cast<int>((*offset - from) / width));
            const auto column = (*offset - from) % width;
            mark(*view, theme,
                 line.position() + static_cast<int>(8 + column * 3 + (column >= width / 2 ? 1 : 0)), 2);
        }
    }
    sheet.widget(view);
    if (shown.size() < body.size()) {
        sheet.text(FontRole::Meta, Role::TextHint,
                   RequestTab::tr("%1 of %2 shown, from byte %3")
                       .arg(byteText(static_cast<std::uint64_t>(shown.size())),
                            byteText(static_cast<std::uint64_t>(body.size())), QLocale().toString(from)));
    }
}

} // namespace

RequestTab::RequestTab(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"requestTab"_s);
    setAccessibleName(tr("Request"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    clear();
}

void RequestTab::clear()
{
    display(nullptr);
}

void RequestTab::display(const InspectedPtr &inspected)
{
    auto *content = new QWidget;
    setGround(*content, Role::Surface);
    Sheet sheet(m_theme, content);
    if (inspected) {
        const auto &detail = inspected->detail;
        const bool isRejected =
            detail.event.state.status == event::Status::Rejected || !detail.rejectCode.isEmpty();
        if (isRejected) {
            sheet.caption(tr("Why it could not be used"));
            sheet.text(FontRole::BodyStrong, Role::Rejected, QString::fromUtf8(detail.rejectReason));
        }
        sheet.caption(tr("Request"));
        sheet.text(FontRole::Mono, Role::Text,
                   QString::fromUtf8(detail.method) + u' ' + shownTarget(detail.target));
        sheet.caption(tr("Facts"));
        sheet.fact(tr("From"), QString::fromUtf8(detail.peer), FontRole::Mono);
        sheet.fact(tr("Answered"), QString::number(detail.replyStatus) + u' ' +
                                       QString::fromLatin1(http::reasonPhrase(detail.replyStatus)));
        sheet.fact(tr("Size"),
                   detail.coding == http::Coding::Identity
                       ? byteText(detail.wireBytes)
                       : tr("%1, %2 unpacked")
                             .arg(byteText(detail.wireBytes),
                                  byteText(static_cast<std::uint64_t>(detail.requestBody.size()))));
        sheet.fact(tr("Encoding"), codingText(detail.coding));
        if (detail.batchCount > 1) {
            sheet.fact(tr("Batch"),
                       tr("%Ln event(s), this is number %1", nullptr, static_cast<int>(detail.batchCount))
                           .arg(QLocale().toString(detail.indexInBatch + 1)));
        }
        if (const QByteArray retries = retryCount(detail.head); !retries.isEmpty()) {
            sheet.fact(tr("Sent again"),
                       tr("attempt %1 after the first (X-Retry-Count)").arg(QString::fromLatin1(retries)));
        }
        addTimes(sheet, inspected->times);
        const auto headers = headersOf(detail.head);
        sheet.caption(tr("%Ln header(s)", nullptr, static_cast<int>(headers.size())));
        for (std::size_t i = 0; i < std::min(headers.size(), maxHeaders); ++i) {
            sheet.fact(QString::fromUtf8(headers[i].name), shownHeaderValue(headers[i]), FontRole::Mono);
        }
        if (isRejected) {
            addBytes(sheet, m_theme, detail, content);
        }
    }
    sheet.finish();
    setWidget(content); // deletes the one before
}

} // namespace ui
