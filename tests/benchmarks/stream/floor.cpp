// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "floor.h"

#include <QAbstractTableModel>
#include <QEventLoop>
#include <QHeaderView>
#include <QTableView>

namespace {

constexpr int columns = 7;
constexpr int tickMs = 16;

class CountingModel final : public QAbstractTableModel
{
public:
    explicit CountingModel(int rows)
        : m_rows(rows)
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(QString::number(index.row() + index.column())) : QVariant();
    }

    void append(int count)
    {
        beginInsertRows({}, m_rows, m_rows + count - 1);
        m_rows += count;
        endInsertRows();
    }

private:
    int m_rows;
};

} // namespace

FrameFigures measureFloor(FrameApplication &application, int rows, int rowsPerSecond, double seconds)
{
    CountingModel model(rows);
    QTableView view;
    view.setModel(&model);
    view.verticalHeader()->hide();
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.resize(1280, 800);
    application.watch(&view);
    view.show();

    QEventLoop loop;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &view, [&] {
        model.append(rowsPerSecond * tickMs / 1000);
        view.scrollToBottom();
    });
    QTimer::singleShot(500, &view, [&] { application.begin(); });
    QTimer::singleShot(500 + static_cast<int>(seconds * 1000), &loop, &QEventLoop::quit);
    tick.start(tickMs);
    loop.exec();
    tick.stop();
    FrameFigures figures = application.end();
    application.watch(nullptr);
    return figures;
}
