// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/devicelist.h"

#include "ui/setup/guide.h"
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct StateLook
{
    Icon icon;
    Role role;
    QString word;
};

StateLook lookOf(capture::Device::State state)
{
    switch (state) {
    case capture::Device::State::Waiting:
        return {Icon::Pending, Role::Unplanned, DeviceList::tr("Waiting for your answer")};
    case capture::Device::State::Accepted:
        return {Icon::Valid, Role::Valid, DeviceList::tr("Accepted")};
    case capture::Device::State::Refused:
        return {Icon::Rejected, Role::Rejected, DeviceList::tr("Refused")};
    }
    return {};
}

QString timeText(std::int64_t us)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(us / 1000);
    return QLocale().toString(time, time.date() == QDate::currentDate() ? u"HH:mm:ss"_s : u"d MMM HH:mm"_s);
}

} // namespace

DeviceList::DeviceList(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_capture(capture)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_none(paragraph(theme, FontRole::Body, Role::TextSecondary,
                       tr("No device has come by yet. One that scans the code is accepted at once; any other "
                          "waits here for your answer."),
                       this))
{
    setObjectName(u"deviceList"_s);
    setAccessibleName(tr("Devices"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::m);
    m_column->addWidget(m_none);
    refresh();
}

void DeviceList::refresh()
{
    const std::vector<capture::Device> devices = m_capture.devices();
    for (std::size_t index = m_rows.size(); index-- > 0;) {
        const bool isGone = std::ranges::none_of(
            devices, [&](const capture::Device &device) { return device.address == m_rows[index].address; });
        if (isGone) {
            m_rows[index].widget->hide();
            m_rows[index].widget->deleteLater();
            m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(index));
        }
    }
    for (const capture::Device &device : devices) {
        auto found = std::ranges::find(m_rows, device.address, &Row::address);
        if (found == m_rows.end())
            found = m_rows.insert(m_rows.end(), makeRow(device.address));
        show(*found, device);
    }
    m_none->setVisible(m_rows.empty());
}

DeviceList::Row DeviceList::makeRow(const QByteArray &address)
{
    auto *widget = new QWidget(this);
    widget->setObjectName(u"device"_s);
    Row row{.address = address,
            .widget = widget,
            .icon = new QLabel(widget),
            .name = paragraph(m_theme, FontRole::BodyStrong, Role::Text, {}, widget),
            .details = paragraph(m_theme, FontRole::Meta, Role::TextSecondary, {}, widget),
            .accept = new QPushButton(tr("Accept"), widget),
            .refuse = new QPushButton(tr("Refuse"), widget),
            .forget = new QPushButton(tr("Forget"), widget)};
    row.accept->setObjectName(u"acceptDevice"_s);
    row.refuse->setObjectName(u"refuseDevice"_s);
    row.forget->setObjectName(u"forgetDevice"_s);
    setButtonKind(*row.forget, ButtonKind::Quiet);
    row.accept->setToolTip(tr("Takes its calls, now and in later sessions"));
    row.refuse->setToolTip(tr("Answers it with an error from now on"));
    row.forget->setToolTip(tr("Asks again when it comes the next time"));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(row.name);
    texts->addWidget(row.details);
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s);
    line->addWidget(row.icon);
    line->addLayout(texts, 1);
    for (QPushButton *button : {row.accept, row.refuse, row.forget})
        line->addWidget(button);
    connect(row.accept, &QPushButton::clicked, this, [this, address] { m_capture.acceptDevice(address); });
    connect(row.refuse, &QPushButton::clicked, this, [this, address] { m_capture.refuseDevice(address); });
    connect(row.forget, &QPushButton::clicked, this, [this, address] { m_capture.forgetDevice(address); });
    m_column->addWidget(widget);
    widget->show();
    return row;
}

void DeviceList::show(const Row &row, const capture::Device &device) const
{
    const StateLook look = lookOf(device.state);
    const QString address = QString::fromLatin1(device.address);
    row.icon->setPixmap(m_theme.pixmap(look.icon, look.role, 16, devicePixelRatioF()));
    row.name->setText(device.name.isEmpty() ? address : device.name);
    row.details->setText(tr("%1 · %2 · last here at %3").arg(look.word, address, timeText(device.lastUs)));
    row.details->setToolTip(utcAndAge(device.lastUs, nowUs()));
    const QString who = row.name->text() == address ? address : row.name->text() + u", "_s + address;
    row.accept->setAccessibleName(tr("Accept %1").arg(who));
    row.refuse->setAccessibleName(tr("Refuse %1").arg(who));
    row.forget->setAccessibleName(tr("Forget %1").arg(who));
    row.accept->setVisible(device.state != capture::Device::State::Accepted);
    row.refuse->setVisible(device.state != capture::Device::State::Refused);
    row.forget->setVisible(device.state != capture::Device::State::Waiting);
}

} // namespace ui
