// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/facetpanel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int valueHeight = 24;
constexpr int headingHeight = 28;
constexpr int markSize = 14;

QString wordOf(std::string_view word)
{
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

class FacetDelegate final : public QStyledItemDelegate
{
public:
    FacetDelegate(const Theme &theme, const FacetPanel &panel, const QString &filter, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_panel(panel)
        , m_filter(filter)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {120, index.data(FacetModel::IsSectionRole).toBool() ? headingHeight : valueHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (index.data(FacetModel::IsSectionRole).toBool()) {
            painter->setFont(m_theme.font(FontRole::Meta));
            painter->setPen(m_theme.color(Role::TextHint));
            painter->drawText(option.rect.adjusted(space::xs, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeading,
                              index.data().toString());
            constexpr int size = 12;
            painter->drawPixmap(
                option.rect.right() - size - space::s, option.rect.center().y() - size / 2 + 1,
                m_theme.pixmap(m_panel.isExpanded(index) ? Icon::ChevronDown : Icon::ChevronRight,
                               Role::TextHint, size, painter->device()->devicePixelRatioF()));
            paintFocus(*painter, option);
            return;
        }
        const auto term = m_panel.termAt(index);
        const TermState state = termState(m_filter, term.field, term.value);
        const QRect row = option.rect.adjusted(0, 1, -space::xs, -1);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (state == TermState::Included) {
            painter->setBrush(m_theme.color(Role::AccentSoft));
            painter->drawRoundedRect(row, measure::controlRadius, measure::controlRadius);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setBrush(m_theme.color(Role::Sunken));
            painter->drawRoundedRect(row, measure::controlRadius, measure::controlRadius);
        }
        const quint64 count = index.data(FacetModel::CountRole).toULongLong();
        const QString countText = count > 0 ? QLocale().toString(count) : QString();
        painter->setFont(m_theme.font(FontRole::Meta));
        const int countWidth =
            countText.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(countText) + space::s;
        const bool isIncluded = state == TermState::Included;
        painter->setPen(m_theme.color(isIncluded ? Role::TextSecondary : Role::TextHint));
        painter->drawText(row.adjusted(0, 0, -space::xs, 0), Qt::AlignVCenter | Qt::AlignTrailing, countText);

        paintMark(*painter, QRect(row.left() + space::xs, row.top(), markSize, row.height()), index);
        const QRect area = row.adjusted(space::xs + markSize + space::s, 0, -countWidth - space::xs, 0);
        QFont font = m_theme.font(isIncluded ? FontRole::BodyStrong : FontRole::Body);
        font.setStrikeOut(state == TermState::Excluded);
        painter->setFont(font);
        painter->setPen(m_theme.color(state == TermState::Excluded ? Role::TextHint : Role::Text));
        painter->drawText(
            area, Qt::AlignVCenter | Qt::AlignLeading,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        paintFocus(*painter, option);
    }

private:
    void paintMark(QPainter &painter, const QRect &area, const QModelIndex &index) const
    {
        const auto key = index.data(FacetModel::KeyRole).toUInt();
        switch (static_cast<FacetModel::Section>(index.data(FacetModel::SectionRole).toInt())) {
        case FacetModel::Section::Sources:
            paintSourceDot(painter, m_theme, area, key);
            break;
        case FacetModel::Section::Types:
            paintCallType(painter, m_theme,
                          QRect(area.left(), area.center().y() - markSize / 2 + 1, markSize, markSize),
                          static_cast<event::CallType>(key));
            break;
        case FacetModel::Section::Statuses: {
            const Tone tone = toneFor(static_cast<event::Status>(key));
            painter.drawPixmap(
                area.left(), area.center().y() - markSize / 2 + 1,
                m_theme.pixmap(tone.icon, tone.word, markSize, painter.device()->devicePixelRatioF()));
            break;
        }
        case FacetModel::Section::Events:
            break;
        }
    }

    void paintFocus(QPainter &painter, const QStyleOptionViewItem &option) const
    {
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -space::xs - 1, -1),
                                    measure::controlRadius, measure::controlRadius);
        }
    }

    const Theme &m_theme;
    const FacetPanel &m_panel;
    const QString &m_filter;
};

} // namespace

FacetPanel::FacetPanel(const Theme &theme, StreamModel &stream, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_stream(stream)
    , m_facets(
          new FacetModel([&stream](TextKind kind, std::uint32_t id) { return stream.text(kind, id); }, this))
{
    setObjectName(u"facets"_s);
    setAccessibleName(tr("Narrow the stream"));
    setAccessibleDescription(tr("Space narrows to a value, Alt and Space hides it."));
    setModel(m_facets);
    setItemDelegate(new FacetDelegate(theme, *this, m_filter, this));
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(0);
    setRootIsDecorated(false);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setSelectionMode(QAbstractItemView::NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setGround(*viewport(), Role::Canvas);
    setToolTip(tr("Click to show only these, Alt and click to hide them"));
    for (int section = 0; section < FacetModel::sectionCount; ++section) {
        // Event names can be two hundred: there on request.
        setExpanded(m_facets->index(section, 0), section != static_cast<int>(FacetModel::Section::Events));
    }
    connect(&stream, &StreamModel::facetsChanged, this, &FacetPanel::takeCounts);
    connect(m_facets, &QAbstractItemModel::rowsInserted, this, &FacetPanel::updateGeometry);
    connect(m_facets, &QAbstractItemModel::rowsRemoved, this, &FacetPanel::updateGeometry);
    connect(this, &QTreeView::expanded, this, &FacetPanel::updateGeometry);
    connect(this, &QTreeView::collapsed, this, &FacetPanel::updateGeometry);
    connect(&m_theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    takeCounts();
}

void FacetPanel::setFilterText(const QString &text)
{
    m_filter = text;
    viewport()->update();
}

FacetPanel::Term FacetPanel::termAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.data(FacetModel::IsSectionRole).toBool()) {
        return {};
    }
    const auto key = index.data(FacetModel::KeyRole).toUInt();
    switch (static_cast<FacetModel::Section>(index.data(FacetModel::SectionRole).toInt())) {
    case FacetModel::Section::Sources:
        return {u"source"_s, m_stream.text(TextKind::Source, key)};
    case FacetModel::Section::Types:
        return {u"type"_s, wordOf(event::word(static_cast<event::CallType>(key)))};
    case FacetModel::Section::Statuses:
        return {u"status"_s, wordOf(event::word(static_cast<event::Status>(key)))};
    case FacetModel::Section::Events:
        return {u"event"_s, m_stream.text(TextKind::Name, key)};
    }
    return {};
}

QSize FacetPanel::sizeHint() const
{
    int height = space::xs;
    for (int section = 0; section < m_facets->rowCount(); ++section) {
        const QModelIndex heading = m_facets->index(section, 0);
        height += headingHeight + (isExpanded(heading) ? m_facets->rowCount(heading) * valueHeight : 0);
    }
    return {160, height};
}

void FacetPanel::takeCounts()
{
    m_facets->setCounts(m_stream.facets());
    viewport()->update();
}

void FacetPanel::choose(const QModelIndex &index, Qt::KeyboardModifiers modifiers)
{
    if (index.data(FacetModel::IsSectionRole).toBool()) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    const Term term = termAt(index);
    if (term.value.isEmpty()) {
        return;
    }
    emit filterChanged(modifiers.testFlag(Qt::AltModifier)
                           ? withExcludeToggled(m_filter, term.field, term.value)
                           : withIncludeToggled(m_filter, term.field, term.value));
}

bool FacetPanel::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && currentIndex().isValid()) {
            event->accept(); // Space is the window's for Pause, but chooses here
            return true;
        }
    }
    return QTreeView::event(event);
}

void FacetPanel::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid()) {
        choose(index, event->modifiers());
    }
}

void FacetPanel::keyPressEvent(QKeyEvent *event)
{
    if (currentIndex().isValid() &&
        (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        choose(currentIndex(), event->modifiers());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void FacetPanel::drawBranches(QPainter *, const QRect &, const QModelIndex &) const
{
    // Headings fold by a click on them; arrows would push the values out of line.
}

} // namespace ui
