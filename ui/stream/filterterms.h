// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace ui {

/// What a filter's text says of one value of one field, as the facets and "only this" menus read and write
/// it.
enum class TermState { Absent, Included, Excluded };

/// Only terms at the top level count: `field:value`, `-field:value`, and `(field:a OR field:b)`.
[[nodiscard]] TermState termState(const QString &filter, const QString &field, const QString &value);

/// Adds the value to what is shown, or takes it away again; further values of a field join with OR.
[[nodiscard]] QString withIncludeToggled(const QString &filter, const QString &field, const QString &value);
/// Hides the value, or stops hiding it.
[[nodiscard]] QString withExcludeToggled(const QString &filter, const QString &field, const QString &value);

/// Without any term of the field at the top level.
[[nodiscard]] QString withoutField(const QString &filter, const QString &field);

/// The user's filter with what he asked of sources on top: only the soloed ones, else without the muted ones;
/// a muted source that the filter itself asks for is shown. Names of sources.
[[nodiscard]] QString withSources(const QString &filter, const QStringList &muted, const QStringList &solo);

/// `field:value`, quoted where the filter language needs it.
[[nodiscard]] QString termText(const QString &field, const QString &value);

} // namespace ui
