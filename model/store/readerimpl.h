// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/eventrow.h"
#include "store/generationcache.h"
#include "store/reader.h"
#include "store/requestloader.h"
#include "json/parser.h"

namespace store {

struct Reader::Impl
{
    Database database;
    RuleNumbers rules;
    RequestLoader requests;
    json::Parser parser;
    GenerationCache<std::uint32_t, QString> names{8'192};
    GenerationCache<std::uint32_t, QString> users{65'536};
    Statement selectName, selectUser, selectSource, selectSession, selectEvent;
    Statement selectChecked; ///< prepared when first needed

    [[nodiscard]] base::Result<void> prepare();
    [[nodiscard]] base::Error error() const;

    [[nodiscard]] QString nameText(event::NameId id) { return text(names, selectName, event::raw(id)); }
    [[nodiscard]] QString userText(event::UserKey id) { return text(users, selectUser, event::raw(id)); }
    /// Not remembered: sources are renamed.
    [[nodiscard]] QString sourceText(event::SourceId id) { return lookUp(selectSource, event::raw(id)); }

    /// Runs a statement to its end; `each` gets it at every row. False stops early.
    template <typename Each>
    [[nodiscard]] base::Result<void> forEach(Statement &statement, Each each)
    {
        Statement::Step step = Statement::Step::Row;
        while ((step = statement.step()) == Statement::Step::Row) {
            each(statement);
        }
        base::Result<void> done;
        if (step == Statement::Step::Failed) {
            done = base::Failure(error());
        }
        statement.reset();
        return done;
    }

    /// As readRow(), but learns first of rules that a newer writer has added.
    [[nodiscard]] EventRow row(const Statement &statement);
    /// Of a statement that selects `found` behind the row's columns.
    [[nodiscard]] Reader::CheckedRow checkedRow(const Statement &statement);

private:
    [[nodiscard]] QString lookUp(Statement &select, std::uint32_t id);
    [[nodiscard]] QString text(GenerationCache<std::uint32_t, QString> &cache, Statement &select,
                               std::uint32_t id);
};

} // namespace store
