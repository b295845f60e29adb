// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/examplestab.h"

#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::size_t mostExamples = 50;

} // namespace

ExamplesTab::ExamplesTab(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_place(new QStackedWidget(this))
    , m_none(new ThemedLabel(theme, FontRole::Body, Role::TextHint, this))
    , m_list(new QListWidget(this))
    , m_json(new JsonView(theme, this))
    , m_show(new QPushButton(theme.icon(Icon::Stream), tr("Show in the stream"), this))
{
    m_none->setObjectName(u"noExamples"_s);
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_none->setContentsMargins(space::l, space::m, space::l, space::m);
    m_none->setText(tr("No event of this name was captured yet. What comes is shown here, newest first."));
    m_list->setObjectName(u"exampleList"_s);
    m_list->setAccessibleName(tr("Captured events of this name"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFixedWidth(230);
    m_json->setObjectName(u"exampleJson"_s);
    m_json->editor()->setAccessibleName(tr("The captured event"));
    m_show->setObjectName(u"exampleInStream"_s);
    setButtonKind(*m_show, ButtonKind::Quiet);

    auto *content = new QWidget(this);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_list, 1);
    left->addWidget(m_show);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left);
    row->addWidget(new Hairline(theme, Qt::Vertical, content));
    row->addWidget(m_json, 1);
    m_place->addWidget(m_none);
    m_place->addWidget(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_place);

    connect(m_list, &QListWidget::currentRowChanged, this, &ExamplesTab::showExample);
    connect(m_list, &QListWidget::itemActivated, m_show, &QPushButton::click);
    connect(m_show, &QPushButton::clicked, this, [this] {
        const int current = m_list->currentRow();
        if (current >= 0 && current < static_cast<int>(m_examples.size())) {
            emit eventWanted(m_examples[static_cast<std::size_t>(current)].id);
        }
    });
}

void ExamplesTab::setEvent(PlanServices *services, event::CallType type, const QString &name)
{
    if (services == m_services && type == m_type && name == m_name) {
        return;
    }
    m_services = services;
    m_type = type;
    m_name = name;
    take({});
    refresh();
}

void ExamplesTab::refresh()
{
    m_isStale = true;
    if (isVisible()) {
        ask();
    }
}

void ExamplesTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        ask();
    }
}

void ExamplesTab::ask()
{
    m_isStale = false;
    if (m_services == nullptr || m_type == event::CallType::None) {
        take({});
        return;
    }
    m_services->examples(m_type, m_name, mostExamples, this,
                         [this, asked = ++m_generation](const std::vector<PlanServices::Example> &examples) {
                             if (asked == m_generation) {
                                 take(examples);
                             }
                         });
}

void ExamplesTab::take(const std::vector<PlanServices::Example> &examples)
{
    if (std::ranges::equal(examples, m_examples, [](const auto &one, const auto &other) {
            return one.id == other.id && one.status == other.status;
        })) {
        return;
    }
    const int current = m_list->currentRow();
    const auto chosen = current >= 0 && current < static_cast<int>(m_examples.size())
                            ? m_examples[static_cast<std::size_t>(current)].id
                            : event::EventId{};
    m_examples = examples;
    m_list->clear();
    int row = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const PlanServices::Example &example = examples[i];
        const Tone tone = toneFor(example.status);
        auto *item =
            new QListWidgetItem(m_theme.icon(tone.icon, tone.word),
                                u"%1  %2"_s.arg(localClock(example.receivedUs), example.source), m_list);
        item->setToolTip(
            tr("%1, %2, %3")
                .arg(statusText(example.status), example.source, utcAndAge(example.receivedUs, nowUs())));
        item->setData(
            Qt::AccessibleTextRole,
            tr("%1, %2, %3").arg(localClock(example.receivedUs), example.source, statusText(example.status)));
        row = example.id == chosen ? static_cast<int>(i) : row;
    }
    m_place->setCurrentIndex(examples.empty() ? 0 : 1);
    m_list->setCurrentRow(examples.empty() ? -1 : row);
    showExample();
}

void ExamplesTab::showExample()
{
    const int row = m_list->currentRow();
    const QString text = row >= 0 && row < static_cast<int>(m_examples.size())
                             ? QString::fromUtf8(m_examples[static_cast<std::size_t>(row)].body)
                             : QString();
    if (text != m_json->text()) {
        m_json->setText(text);
    }
}

} // namespace ui
