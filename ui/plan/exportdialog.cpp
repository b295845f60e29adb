// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/exportdialog.h"

#include "ui/widgets/themedlabel.h"

#include <map>

#include <QHeaderView>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

QString fileEnding(plan::Format format)
{
    switch (format) {
    case plan::Format::SegmentCsv:
    case plan::Format::AvoCsv:
        return u"csv"_s;
    case plan::Format::RudderStack:
    case plan::Format::RudderLegacy:
        return u"yaml"_s;
    case plan::Format::SchemaFolder:
        return {};
    default:
        return u"json"_s;
    }
}

ExportDialog::ExportDialog(const Theme &theme, const plan::Document &document, QWidget *parent)
    : QDialog(parent)
    , m_document(document)
    , m_formats(new QListWidget(this))
    , m_summary(new ThemedLabel(theme, FontRole::BodyStrong, Role::Text, this))
    , m_losses(new QTreeWidget(this))
    , m_export(new QPushButton(tr("Export…"), this))
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(tr("Export the plan"));
    resize(760, 440);
    setGround(*this, Role::Surface);
    auto *title = new ThemedLabel(theme, FontRole::Title, Role::Text, this);
    title->setText(tr("Export “%1”").arg(document.name));
    auto *sentence = new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, this);
    sentence->setWordWrap(true);
    sentence->setText(tr("A copy in another format. The plan that is open stays what and where it is."));
    m_formats->setObjectName(u"exportFormats"_s);
    m_formats->setAccessibleName(tr("Format"));
    m_formats->setFixedWidth(260);
    for (const plan::Format format : plan::allFormats()) {
        auto *item = new QListWidgetItem(plan::formatTitle(format), m_formats);
        item->setData(Qt::UserRole, static_cast<int>(format));
        item->setSizeHint({0, theme.rowHeight()});
    }
    m_summary->setObjectName(u"exportSummary"_s);
    m_summary->setWordWrap(true);
    m_losses->setObjectName(u"exportLosses"_s);
    m_losses->setAccessibleName(tr("What the format can't hold"));
    m_losses->setHeaderLabels({tr("What is lost"), tr("Times")});
    m_losses->setFrameShape(QFrame::NoFrame);
    m_losses->setUniformRowHeights(true);
    m_losses->header()->setStretchLastSection(false);
    m_losses->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_export->setObjectName(u"exportButton"_s);
    m_export->setDefault(true);
    setButtonKind(*m_export, ButtonKind::Accent);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *right = new QVBoxLayout;
    right->setSpacing(space::s);
    right->addWidget(m_summary);
    right->addWidget(m_losses, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::l);
    row->addWidget(m_formats);
    row->addLayout(right, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_export);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addLayout(row, 1);
    column->addLayout(buttons);

    const auto choose = [this] {
        if (const auto *item = m_formats->currentItem()) {
            accept();
            emit chosen(static_cast<plan::Format>(item->data(Qt::UserRole).toInt()));
        }
    };
    connect(m_formats, &QListWidget::currentRowChanged, this, &ExportDialog::showLosses);
    connect(m_formats, &QListWidget::itemActivated, this, choose);
    connect(m_export, &QPushButton::clicked, this, choose);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_formats->setCurrentRow(0);
    m_formats->setFocus();
}

void ExportDialog::showLosses()
{
    const auto *item = m_formats->currentItem();
    m_losses->clear();
    m_export->setEnabled(item != nullptr);
    if (item == nullptr) {
        return;
    }
    const auto losses =
        plan::lossesOf(m_document, static_cast<plan::Format>(item->data(Qt::UserRole).toInt()));
    // "maxLength": 80 and "maxLength": 100 are one kind of loss.
    static const QRegularExpression value(u"^(\"[^\"]*\"): (.*) is left out"_s);
    std::map<QString, QStringList> places;
    for (const plan::Loss &loss : losses) {
        const auto found = value.match(loss.what);
        if (found.hasMatch()) {
            places[tr("%1 is left out.").arg(found.captured(1))] +=
                u"%1: %2"_s.arg(loss.where, found.captured(2));
        } else {
            places[loss.what] += loss.where;
        }
    }
    for (const auto &[what, where] : places) {
        auto *group = new QTreeWidgetItem(m_losses, {what, QLocale().toString(where.size())});
        group->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        group->setToolTip(0, what);
        for (const QString &place : where) {
            new QTreeWidgetItem(group, {place, QString()});
        }
    }
    m_summary->setText(losses.empty() ? tr("This format holds all of the plan.")
                                      : tr("%Ln thing(s) of the plan are left out in this format:", nullptr,
                                           static_cast<int>(losses.size())));
    m_losses->setVisible(!losses.empty());
}

} // namespace ui
