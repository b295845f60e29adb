// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QLayout>

namespace ui {

/// A row of buttons that goes on in the next line where the width ends.
class FlowLayout final : public QLayout
{
    Q_OBJECT
public:
    FlowLayout() = default;
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override; ///< takes it over
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override; ///< the caller's from then on
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    void setGeometry(const QRect &rect) override;

private:
    enum class Run : std::uint8_t { Measure, Place };
    int run(const QRect &rect, Run how) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace ui
