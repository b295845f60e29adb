// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// What the page hides and why: the user's filter, muted sources, a solo; and how sources get their names.
#include "ui/services.h"
#include "ui/sources/sourcecatalog.h"
#include "ui/stream/facetpanel.h"
#include "ui/stream/filterterms.h"
#include "ui/stream/streampage.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

void StreamPage::connectSources()
{
    connect(m_sources, &SourceCatalog::changed, this, [this] {
        for (const store::Source &source : m_sources->seen()) {
            m_model->putText(TextKind::Source, event::raw(source.id), source.name);
        }
        applyFilter();
    });
    connect(m_model, &StreamModel::facetsChanged, this, [this] {
        const bool isKnown = std::ranges::all_of(m_model->facets().sources, [this](const auto &counted) {
            return m_sources->find(counted.first) != nullptr;
        });
        if (!isKnown) {
            m_sources->refresh();
        }
    });
    connect(m_facets, &FacetPanel::renameWanted, this, &StreamPage::askForName);
    connect(m_facets, &FacetPanel::sourceSettingsWanted, this, &StreamPage::sourceSettingsWanted);
    connect(m_noMatch, &EmptyState::activated, this, [this] {
        if (m_filter.root != nullptr) {
            changeFilter({});
        } else {
            m_sourceScope->click();
        }
    });
}

void StreamPage::askForName(event::SourceId id)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"sourceNameDialog"_s);
    dialog->setWindowTitle(tr("Rename the source"));
    dialog->setLabelText(tr("Name of this source, here and in filters, plans and reports:"));
    dialog->setTextValue(m_model->text(TextKind::Source, event::raw(id)));
    dialog->setOkButtonText(tr("Rename"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id](const QString &name) {
        if (!name.trimmed().isEmpty()) {
            m_sources->rename(id, name.trimmed());
        }
    });
    dialog->open();
}

QStringList StreamPage::mutedNames() const
{
    return m_showsMuted ? QStringList() : m_sources->mutedNames();
}

void StreamPage::applyFilter()
{
    const QStringList solo = m_sources->soloNames();
    const QString text = solo.isEmpty() && mutedNames().isEmpty()
                             ? m_filter.text
                             : withSources(m_filter.text, mutedNames(), solo);
    if (text == m_asked.text) {
        updatePlace();
        return;
    }
    if (text == m_filter.text) {
        m_asked = m_filter;
    } else if (const auto query = filter::parse(text)) {
        m_asked = *query;
    } else {
        return;
    }
    m_services.setFilter(m_asked, ++m_generation);
    updatePlace();
}

void StreamPage::buildHiddenBar()
{
    m_hiddenBar = new QWidget(this);
    m_hiddenBar->setObjectName(u"hiddenBar"_s);
    setGround(*m_hiddenBar, Role::Sunken);
    m_hidden = new ElidedLabel(m_theme, FontRole::Meta, Role::TextSecondary, Qt::ElideRight, m_hiddenBar);
    m_hidden->setObjectName(u"hiddenText"_s);
    auto *row = new QHBoxLayout(m_hiddenBar);
    row->setContentsMargins(space::s, 2, space::s, 2);
    row->addWidget(m_hidden, 1);
    const auto addButton = [&](const QString &name) {
        auto *button = new QPushButton(m_hiddenBar);
        button->setObjectName(name);
        setButtonKind(*button, ButtonKind::Quiet);
        button->setMaximumHeight(22);
        button->setFont(m_theme.font(FontRole::Meta));
        row->addWidget(button);
        return button;
    };
    m_sourceScope = addButton(u"sourceScope"_s);
    m_clearFilter = addButton(u"clearFilter"_s);
    m_clearFilter->setText(tr("Clear filter"));
    connect(m_clearFilter, &QPushButton::clicked, this, [this] { changeFilter({}); });
    connect(m_sourceScope, &QPushButton::clicked, this, [this] {
        if (!m_sources->soloNames().isEmpty()) {
            m_sources->endSolo();
            return;
        }
        m_showsMuted = !m_showsMuted;
        applyFilter();
    });
}

void StreamPage::updateHiddenBar(quint64 shown, quint64 logged)
{
    const QLocale locale;
    const bool isFiltered = m_filter.root != nullptr;
    const QStringList solo = m_sources->soloNames();
    const QStringList muted = m_sources->mutedNames();
    const quint64 hidden = logged > shown ? logged - shown : 0;
    const auto count = static_cast<int>(std::min<quint64>(hidden, 1'000'000'000));
    QString text;
    QString scope;
    if (!solo.isEmpty()) {
        text = tr("Solo: only %1 is shown, %Ln row(s) hidden", nullptr, count).arg(solo.constFirst());
        scope = tr("End solo");
    } else if (!muted.isEmpty() && m_showsMuted) {
        text = tr("Muted sources are shown for now: %1").arg(locale.createSeparatedList(muted));
        scope = tr("Hide them again");
    } else if (!muted.isEmpty()) {
        text = tr("%Ln row(s) of muted sources hidden: %1", nullptr, count)
                   .arg(locale.createSeparatedList(muted));
        scope = tr("Show muted");
    }
    if (isFiltered && hidden > 0) {
        text = tr("%1 of %2 shown, the rest hidden by %3")
                   .arg(locale.toString(shown), locale.toString(logged), m_filter.text);
        if (!solo.isEmpty()) {
            text += u"  ·  "_s + tr("solo of %1").arg(solo.constFirst());
        } else if (!mutedNames().isEmpty()) {
            text += u"  ·  "_s + tr("%1 muted").arg(locale.createSeparatedList(muted));
        }
    }
    if (!m_model->isFilterComplete()) {
        text += u"  ·  "_s + tr("searching older events…");
    }
    m_hidden->setFullText(text);
    m_sourceScope->setText(scope);
    m_sourceScope->setVisible(!scope.isEmpty());
    m_clearFilter->setVisible(isFiltered);
    // A solo and muted sources shown for now are states to be left again, also while they hide nothing.
    const bool isSaid = !solo.isEmpty() || (!muted.isEmpty() && m_showsMuted);
    m_hiddenBar->setVisible(logged > 0 && shown > 0 && (isSaid || (hidden > 0 && m_asked.root != nullptr)));
}

void StreamPage::showNoMatch(quint64 logged)
{
    const QString hidden = QLocale().toString(logged);
    const bool isFiltered = m_filter.root != nullptr;
    if (!m_model->isFilterComplete()) {
        m_noMatch->setTexts(tr("Searching…"),
                            tr("Older events are being searched for %1.").arg(m_asked.text));
    } else if (isFiltered) {
        m_noMatch->setTexts(tr("No event matches"), tr("%1 hides %2 rows.").arg(m_asked.text, hidden));
    } else {
        m_noMatch->setTexts(
            tr("Nothing but hidden sources"),
            m_sources->soloNames().isEmpty()
                ? tr("All %1 rows are of muted sources.").arg(hidden)
                : tr("The soloed source has sent nothing; %1 rows are of others.").arg(hidden));
    }
    m_noMatch->setButton(isFiltered                         ? tr("Clear filter")
                         : m_sources->soloNames().isEmpty() ? tr("Show muted")
                                                            : tr("End solo"));
}

} // namespace ui
