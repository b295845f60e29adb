// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fakeservices.h"
#include "tests/ui/plansamples.h"
#include "ui/commands/actionregistry.h"
#include "ui/itemmodels/planmodel.h"
#include "ui/plan/eventlist.h"
#include "ui/plan/planpage.h"
#include "ui/plan/propertysheet.h"
#include "ui/plan/sheetview.h"

#include <QApplication>
#include <QTest>

namespace tests {

/// The Plan page in a window of its own, over services that are none.
struct PlanPane
{
    FakeServices services;
    FakePlanServices &plans = services.planFake;
    ui::Theme theme;
    ui::ActionRegistry actions{theme};
    std::unique_ptr<ui::PlanPage> page;

    PlanPane()
    {
        theme.install(*qApp);
        theme.setMotion(ui::Theme::Motion::Reduced);
        page = std::make_unique<ui::PlanPage>(services, theme, actions);
        page->resize(1280, 800);
    }
    void show(const plan::Document &document = samplePlan())
    {
        plans.open(document);
        page->show();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
    }
    [[nodiscard]] ui::SheetView &sheet() const { return page->sheet().view(); }
    [[nodiscard]] ui::PropertyModel &properties() const { return page->sheet().model(); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return properties().index(row, column).data().toString();
    }
    /// The plan as the services have it.
    [[nodiscard]] const plan::Document &document() const { return *plans.plans.front().document; }
    void select(const QString &name, event::CallType type = event::CallType::Track) const
    {
        page->showRule(type, name);
    }
    void goTo(int row, int column) const
    {
        sheet().setFocus();
        sheet().goTo(row, column);
    }
    /// Letter by letter: the first one opens a cell's editor, the others go there.
    void type(const QString &text) const
    {
        for (const QChar letter : text)
            QTest::keyClick(focused(), letter.toLatin1());
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(focused(), static_cast<Qt::Key>(key), modifiers);
        QApplication::processEvents(); // an editor commits after its Enter, by a queued call
    }
    /// Where a key goes; a dialog that was closed gives the focus back first.
    [[nodiscard]] QWidget *focused() const
    {
        if (QApplication::focusWidget() == nullptr) {
            page->activateWindow();
            QApplication::processEvents();
        }
        QWidget *widget = QApplication::focusWidget();
        return widget != nullptr ? widget : page->focusWidget();
    }
};

} // namespace tests
