// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <vector>

#include <QWidget>

class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace ui {

/// A write key as settings keep it: its hash, and what may be shown of it.
struct KnownKey
{
    QString hash; ///< SourceKey::keyHash
    QString shown;

    friend bool operator==(const KnownKey &, const KnownKey &) = default;
};

/// Write keys, masked: typed ones become their hash at once, those of sources seen are offered in a menu.
class KeyList final : public QWidget
{
    Q_OBJECT
public:
    KeyList(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setKeys(const std::vector<KnownKey> &keys);
    [[nodiscard]] const std::vector<KnownKey> &keys() const { return m_keys; }
    void setOffered(const std::vector<KnownKey> &offered);

signals:
    void edited();

private:
    void add(const KnownKey &key);
    void rebuild();

    const Theme &m_theme;
    QString m_name;
    std::vector<KnownKey> m_keys;
    QVBoxLayout *m_column;
    QWidget *m_rows = nullptr;
    QLineEdit *m_typed;
    QToolButton *m_seen;
};

} // namespace ui
