// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/domaineditor.h"

#include "ui/setup/guide.h"
#include "ui/widgets/authoritydialogs.h"

#include <memory>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

DomainEditor::DomainEditor(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_capture(capture)
    , m_theme(theme)
    , m_rows(new QVBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_error(paragraph(theme, FontRole::Body, Role::Violation, {}, this))
    , m_left(paragraph(theme, FontRole::Meta, Role::TextSecondary, {}, this))
{
    m_edit->setObjectName(u"domainEdit"_s);
    m_edit->setAccessibleName(tr("Domain to decrypt"));
    m_edit->setPlaceholderText(tr("t.example.com"));
    m_edit->setMaximumWidth(280);
    m_add->setObjectName(u"domainAdd"_s);
    m_add->setAccessibleName(tr("Add this domain"));
    m_add->setEnabled(false);
    m_error->setObjectName(u"domainError"_s);
    m_error->hide();
    m_rows->setSpacing(space::xs);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::s);
    line->addWidget(m_edit, 1);
    line->addWidget(m_add);
    line->addStretch(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addLayout(m_rows);
    column->addLayout(line);
    column->addWidget(m_error);
    column->addWidget(m_left);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_add->setEnabled(!text.trimmed().isEmpty());
        m_error->hide();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, &DomainEditor::add);
    connect(m_add, &QPushButton::clicked, this, &DomainEditor::add);
    refresh();
}

void DomainEditor::refresh()
{
    const QStringList domains = m_capture.proxyOptions().domains;
    const CaptureServices::AuthorityState state = m_capture.authorityState();
    QStringList left;
    for (const QString &named : state.info.domains) {
        if (state.exists && !domains.contains(named))
            left.append(named);
    }
    m_left->setText(tr("The certificate still names %1. Make a new one to take that out.")
                        .arg(QLocale().createSeparatedList(left)));
    m_left->setVisible(!left.isEmpty());
    if (domains == m_shown)
        return;
    m_shown = domains;
    while (const auto item = std::unique_ptr<QLayoutItem>(m_rows->takeAt(0))) {
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    for (const QString &domain : domains) {
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::s);
        auto *remove = new QToolButton(row);
        remove->setObjectName(u"domainRemove"_s);
        remove->setIcon(m_theme.icon(Icon::Trash));
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setAccessibleName(tr("Remove %1").arg(domain));
        remove->setToolTip(tr("Remove %1").arg(domain));
        connect(remove, &QToolButton::clicked, this, [this, domain] { this->remove(domain); });
        QLabel *name = paragraph(m_theme, FontRole::Mono, Role::Text, domain, row);
        name->setWordWrap(false);
        line->addWidget(name);
        line->addWidget(remove);
        line->addStretch(1);
        m_rows->addWidget(row);
        row->show();
    }
}

void DomainEditor::add()
{
    const QString domain = m_edit->text().trimmed().toLower();
    if (domain.isEmpty())
        return;
    addCustomDomain(m_capture, domain, *this, [this](const base::Result<void> &added) {
        if (added)
            m_edit->clear();
        else
            showError(added.error());
    });
}

void DomainEditor::remove(const QString &domain)
{
    capture::ProxyOptions options = m_capture.proxyOptions();
    options.domains.removeAll(domain);
    if (const auto removed = m_capture.setProxyOptions(options); !removed)
        showError(removed.error());
    m_edit->setFocus();
}

void DomainEditor::showError(const base::Error &error)
{
    m_error->setText(QStringList{error.what, error.why, error.fix}.join(u' ').simplified());
    m_error->show();
}

} // namespace ui
