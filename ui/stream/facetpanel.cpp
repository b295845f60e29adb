// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/facetpanel.h"

#include "ui/sources/sourcecatalog.h"
#include "ui/sources/sourcemenu.h"
#include "ui/theme/theme.h"
#include "ui/widgets/statuschip.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
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
    FacetDelegate(const Theme &theme, const FacetPanel &panel, const SourceCatalog &sources,
                  const QString &filter, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_panel(panel)
        , m_sources(sources)
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
        const bool isSource =
            index.data(FacetModel::SectionRole).toInt() == static_cast<int>(FacetModel::Section::Sources);
        const event::SourceId source{isSource ? index.data(FacetModel::KeyRole).toUInt() : 0};
        const bool isSolo = isSource && m_sources.isSoloed(source);
        const bool isMuted = isSource && !isSolo && m_sources.isMuted(source);
        QString countText = count > 0 ? QLocale().toString(count) : QString();
        if (isSolo)
            countText = FacetPanel::tr("solo");
        else if (isMuted)
            countText = FacetPanel::tr("muted");
        painter->setFont(m_theme.font(FontRole::Meta));
        const int countWidth =
            countText.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(countText) + space::s;
        const bool isIncluded = state == TermState::Included;
        painter->setPen(m_theme.color(isSolo       ? Role::Accent
                                      : isIncluded ? Role::TextSecondary
                                                   : Role::TextHint));
        painter->drawText(row.adjusted(0, 0, -space::xs, 0), Qt::AlignVCenter | Qt::AlignTrailing, countText);

        paintMark(*painter, QRect(row.left() + space::xs, row.top(), markSize, row.height()), index);
        const QRect area = row.adjusted(space::xs + markSize + space::s, 0, -countWidth - space::xs, 0);
        QFont font = m_theme.font(isIncluded ? FontRole::BodyStrong : FontRole::Body);
        font.setStrikeOut(state == TermState::Excluded);
        painter->setFont(font);
        painter->setPen(m_theme.color(state == TermState::Excluded || isMuted ? Role::TextHint : Role::Text));
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
    const SourceCatalog &m_sources;
    const QString &m_filter;
};

} // namespace

FacetPanel::FacetPanel(const Theme &theme, StreamModel &stream, SourceCatalog &sources, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_stream(stream)
    , m_sources(sources)
    , m_facets(
          new FacetModel([&stream](TextKind kind, std::uint32_t id) { return stream.text(kind, id); }, this))
{
    setObjectName(u"facets"_s);
    setAccessibleName(tr("Narrow the stream"));
    setAccessibleDescription(tr("Space narrows to a value, Alt and Space hides it. On a source S solos, M "
                                "mutes, F2 renames."));
    setModel(m_facets);
    setItemDelegate(new FacetDelegate(theme, *this, sources, m_filter, this));
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
    setToolTip(tr("Click to show only these, Alt and click to hide them; right-click a source for more"));
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
    connect(&sources, &SourceCatalog::changed, this, [this] {
        m_facets->setPinnedSources(m_sources.mutedIds());
        viewport()->update();
    });
    m_facets->setPinnedSources(m_sources.mutedIds());
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
        const bool isSourceKey =
            key->key() == Qt::Key_S || key->key() == Qt::Key_M || key->key() == Qt::Key_F2;
        if (isSourceKey && key->modifiers() == Qt::NoModifier &&
            sourceAt(currentIndex()) != event::SourceId{}) {
            event->accept();
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
    if (event->modifiers() == Qt::NoModifier && pressSourceKey(event->key())) {
        return;
    }
    QTreeView::keyPressEvent(event);
}

event::SourceId FacetPanel::sourceAt(const QModelIndex &index)
{
    const bool isSource =
        index.isValid() && !index.data(FacetModel::IsSectionRole).toBool() &&
        index.data(FacetModel::SectionRole).toInt() == static_cast<int>(FacetModel::Section::Sources);
    return event::SourceId{isSource ? index.data(FacetModel::KeyRole).toUInt() : 0};
}

bool FacetPanel::pressSourceKey(int key)
{
    const event::SourceId id = sourceAt(currentIndex());
    if (id == event::SourceId{}) {
        return false;
    }
    switch (key) {
    case Qt::Key_S:
        m_sources.toggleSolo(id);
        return true;
    case Qt::Key_M:
        m_sources.toggleMuted(id);
        return true;
    case Qt::Key_F2:
        emit renameWanted(id);
        return true;
    default:
        return false;
    }
}

void FacetPanel::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!termAt(index).value.isEmpty()) {
        openMenu(index,
                 isByKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
    }
}

void FacetPanel::openMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"facetMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Term term = termAt(index);
    const TermState state = termState(m_filter, term.field, term.value);
    const auto offer = [&](const QString &text, TermState shown, const QString &filter) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(state == shown);
        connect(action, &QAction::triggered, this, [this, filter] { emit filterChanged(filter); });
    };
    offer(tr("Only this"), TermState::Included, withIncludeToggled(m_filter, term.field, term.value));
    offer(tr("Hide this"), TermState::Excluded, withExcludeToggled(m_filter, term.field, term.value));
    if (const event::SourceId id = sourceAt(index); id != event::SourceId{}) {
        menu->addSeparator();
        addSourceActions(*menu, m_theme, m_sources, id);
        connect(menu->addAction(tr("Rename…")), &QAction::triggered, this,
                [this, id] { emit renameWanted(id); });
        menu->addSeparator();
        connect(menu->addAction(m_theme.icon(Icon::Settings), tr("Define sources…")), &QAction::triggered,
                this, &FacetPanel::sourceSettingsWanted);
    }
    menu->popup(globalPosition);
}

void FacetPanel::drawBranches(QPainter *, const QRect &, const QModelIndex &) const
{
    // Headings fold by a click on them; arrows would push the values out of line.
}

} // namespace ui
