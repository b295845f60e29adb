// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settingsgroup.h"

#include <utility>

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int controlWidth = 260;

class WheelFilter final : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *control = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Wheel && control != nullptr && !control->hasFocus()) {
            event->ignore();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void leaveWheelToPage(QWidget &control)
{
    control.setFocusPolicy(Qt::StrongFocus);
    control.installEventFilter(new WheelFilter(&control));
}

void paintCard(QPainter &painter, const Theme &theme, const QRect &rect)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Role::Border), 1));
    painter.setBrush(theme.color(Role::Canvas));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                            measure::cardRadius);
}

UndoLine::UndoLine(const QString &buttonName, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    auto *button = new QPushButton(tr("Undo"), this);
    button->setObjectName(buttonName);
    button->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(button);
    row->addStretch(1);
    hide();
    connect(button, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto undo = std::exchange(m_undo, {}))
            undo();
    });
}

void UndoLine::offer(const QString &sentence, std::function<void()> undo)
{
    m_text->setText(sentence);
    m_undo = std::move(undo);
    show();
}

SettingsGroup::SettingsGroup(Services &services, const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_title(new QLabel(title, this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_rows(new QVBoxLayout)
{
    setAccessibleName(title);
    dress(*m_title, theme, FontRole::Title, Role::Text);
    setButtonKind(*m_reset, ButtonKind::Quiet);
    m_reset->setAccessibleName(tr("Reset %1").arg(title));
    m_reset->setToolTip(tr("Back to how this group was at first"));
    m_reset->setAutoDefault(false);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_reset);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::l);
    column->setSpacing(space::s);
    column->addLayout(head);
    column->addWidget(line);
    column->addLayout(m_rows);
    m_rows->setSpacing(space::m);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        reset();
        refresh();
    });
}

QString SettingsGroup::title() const
{
    return m_title->text();
}

int SettingsGroup::addRow(const QString &label, const QString &help, QWidget *control)
{
    Row row;
    row.box = new QWidget(this);
    row.searchWords = label + u' ' + help;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::xl);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto *name = new QLabel(label, row.box);
    name->setBuddy(control);
    dress(*name, m_theme, FontRole::Body, Role::Text);
    texts->addWidget(name);
    if (!help.isEmpty()) {
        auto *meaning = new QLabel(help, row.box);
        meaning->setWordWrap(true);
        dress(*meaning, m_theme, FontRole::Meta, Role::TextSecondary);
        texts->addWidget(meaning);
        texts->addStretch(); // a control of several lines does not draw them apart
    }
    line->addLayout(texts, 1);
    control->setParent(row.box);
    control->setAccessibleName(label);
    control->setAccessibleDescription(help);
    control->setFixedWidth(controlWidth);
    if (qobject_cast<QComboBox *>(control) != nullptr || qobject_cast<QAbstractSpinBox *>(control) != nullptr)
        leaveWheelToPage(*control);
    line->addWidget(control, 0, Qt::AlignTop);
    column->addLayout(line);
    return finishRow(row, column);
}

int SettingsGroup::addWide(QWidget *content, const QString &searchWords)
{
    Row row;
    row.box = new QWidget(this);
    row.searchWords = searchWords;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(content);
    return finishRow(row, column);
}

int SettingsGroup::finishRow(Row row, QVBoxLayout *column)
{
    row.error = new QLabel(row.box);
    row.error->setTextFormat(Qt::PlainText);
    row.error->setWordWrap(true);
    row.error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*row.error, m_theme, FontRole::Body, Role::Violation);
    row.error->hide();
    column->addWidget(row.error);
    m_rows->addWidget(row.box);
    m_all.push_back(row);
    return static_cast<int>(m_all.size()) - 1;
}

void SettingsGroup::showError(int row, const base::Error &error)
{
    QLabel *label = m_all[static_cast<std::size_t>(row)].error;
    label->setText(error.oneLine());
    label->setAccessibleName(error.oneLine());
    label->show();
}

void SettingsGroup::clearError(int row)
{
    QLabel *label = m_all[static_cast<std::size_t>(row)].error;
    label->clear();
    label->hide();
}

void SettingsGroup::report(int row, const base::Result<void> &result)
{
    if (result)
        clearError(row);
    else
        showError(row, result.error());
}

QString SettingsGroup::errorText(int row) const
{
    return m_all[static_cast<std::size_t>(row)].error->text();
}

void SettingsGroup::hideReset()
{
    m_reset->hide();
}

int SettingsGroup::applySearch(const QString &search)
{
    const bool isWhole = title().contains(search, Qt::CaseInsensitive);
    int shown = 0;
    for (const Row &row : m_all) {
        const bool isShown = isWhole || row.searchWords.contains(search, Qt::CaseInsensitive);
        row.box->setVisible(isShown);
        shown += isShown ? 1 : 0;
    }
    setVisible(shown != 0);
    return shown;
}

} // namespace ui
