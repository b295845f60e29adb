// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/clientcard.h"

#include "ui/setup/guide.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/timetext.h"

#include <array>
#include <utility>

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

Tone toneOf(capture::AilmentLevel level)
{
    switch (level) {
    case capture::AilmentLevel::Good:
        return {Role::Valid, Role::ValidSoft, Icon::Valid};
    case capture::AilmentLevel::Note:
        return {Role::Lint, Role::LintSoft, Icon::Note};
    case capture::AilmentLevel::Problem:
        return {Role::Violation, Role::ViolationSoft, Icon::Violation};
    }
    return {};
}

QString modesText(const capture::Client &client)
{
    const std::array<std::pair<capture::Mode, QString>, 4> words{{
        {capture::Mode::Endpoint, ClientCard::tr("its host setting")},
        {capture::Mode::EndpointTls, ClientCard::tr("its host setting over TLS")},
        {capture::Mode::ProxyHttp, ClientCard::tr("the proxy in plain HTTP")},
        {capture::Mode::ProxyTls, ClientCard::tr("the proxy, decrypted")},
    }};
    QStringList modes;
    for (const auto &[mode, word] : words) {
        if (client.cameBy(mode))
            modes.append(word);
    }
    return QLocale().createSeparatedList(modes);
}

/// What came, zeros left out.
QString countsText(const capture::Client &client)
{
    using Kind = capture::Observation::Kind;
    const auto count = [&](Kind kind) { return static_cast<int>(client.of(kind).count); };
    QStringList parts;
    if (const int events = count(Kind::Events); events > 0)
        parts.append(ClientCard::tr("%Ln event(s)", nullptr, events));
    if (const int rejected = count(Kind::Rejected); rejected > 0)
        parts.append(ClientCard::tr("%Ln rejected request(s)", nullptr, rejected));
    if (const int errors = count(Kind::AnsweredError); errors > 0)
        parts.append(ClientCard::tr("%Ln answered with an error", nullptr, errors));
    if (const int settings = count(Kind::Settings); settings > 0)
        parts.append(ClientCard::tr("settings fetched %Ln time(s)", nullptr, settings));
    if (const int refused = count(Kind::TlsRefused); refused > 0)
        parts.append(ClientCard::tr("TLS refused %Ln time(s)", nullptr, refused));
    if (const int tunnels = count(Kind::TunnelOpened); tunnels > 0)
        parts.append(ClientCard::tr("%Ln tunnel(s) to other hosts", nullptr, tunnels));
    if (const int unknown = count(Kind::UnknownPath); unknown > 0)
        parts.append(ClientCard::tr("%Ln request(s) to unknown paths", nullptr, unknown));
    return parts.join(u" · "_s);
}

QString clockText(std::int64_t us)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(us / 1000).time(), u"HH:mm:ss"_s);
}

/// A label that is not painted anew when nothing changed.
void setTextOf(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
}

} // namespace

ClientCard::ClientCard(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : Card(theme, parent)
    , m_capture(capture)
    , m_name(paragraph(theme, FontRole::BodyStrong, Role::Text, {}, this))
    , m_came(paragraph(theme, FontRole::Meta, Role::TextSecondary, {}, this))
    , m_counts(paragraph(theme, FontRole::Meta, Role::TextSecondary, {}, this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"clientCard"_s);
    m_name->setObjectName(u"clientName"_s);
    m_counts->setObjectName(u"clientCounts"_s);
    m_column->setContentsMargins(space::l, space::m, space::l, space::m);
    m_column->setSpacing(space::s);
    auto *head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_name);
    head->addWidget(m_came);
    head->addWidget(m_counts);
    m_column->addLayout(head);
}

void ClientCard::show(const capture::ClientReport &report, std::int64_t nowUs)
{
    const capture::Client &client = report.client;
    const QString address = QString::fromLatin1(client.address);
    setTextOf(*m_name, m_capture.clientName(client));
    QString came = address;
    if (const QString modes = modesText(client); !modes.isEmpty())
        came = tr("%1 · came by %2").arg(address, modes);
    setTextOf(*m_came, tr("%1 · first at %2, last at %3, %4")
                           .arg(came, clockText(client.firstUs), clockText(client.lastUs),
                                ageText(client.lastUs, nowUs)));
    const QString agent = QString::fromUtf8(client.agent);
    m_came->setToolTip(agent.isEmpty() ? utcAndAge(client.lastUs, nowUs)
                                       : agent + u'\n' + utcAndAge(client.lastUs, nowUs));
    const QString counts = countsText(client);
    setTextOf(*m_counts, counts);
    m_counts->setVisible(!counts.isEmpty());

    std::vector<std::vector<Remedy>> remedies;
    QString shape;
    for (const capture::Diagnosis &diagnosis : report.diagnoses) {
        remedies.push_back(remediesFor(diagnosis, client));
        shape += QString::number(static_cast<int>(diagnosis.ailment)) + u':';
        for (const Remedy &remedy : remedies.back())
            shape += remedy.text + u';';
    }
    if (shape != m_shape) {
        m_shape = shape;
        for (const Row &row : m_rows) {
            row.widget->hide();
            row.widget->deleteLater();
        }
        m_rows.clear();
        for (const auto &ofOne : remedies)
            m_rows.push_back(makeRow(ofOne));
    }
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const capture::Diagnosis &diagnosis = report.diagnoses[index];
        const CaptureServices::DiagnosisText text = m_capture.words(diagnosis, client);
        const Tone tone = toneOf(diagnosis.level);
        m_rows[index].icon->setPixmap(theme().pixmap(tone.icon, tone.word, 16, devicePixelRatioF()));
        setTextOf(*m_rows[index].what, text.what);
        setTextOf(*m_rows[index].next, text.next);
        m_rows[index].next->setVisible(!text.next.isEmpty());
    }
    setAccessibleName(m_name->text());
    setAccessibleDescription(text());
}

QString ClientCard::name() const
{
    return m_name->text();
}

QString ClientCard::text() const
{
    QStringList texts{m_name->text(), m_came->text(), m_counts->text()};
    for (const Row &row : m_rows)
        texts << row.what->text() << row.next->text();
    texts.removeAll(QString());
    return texts.join(u'\n');
}

ClientCard::Row ClientCard::makeRow(const std::vector<Remedy> &remedies)
{
    auto *widget = new QWidget(this);
    const Row row{.widget = widget,
                  .icon = new QLabel(widget),
                  .what = paragraph(theme(), FontRole::Body, Role::Text, {}, widget),
                  .next = paragraph(theme(), FontRole::Body, Role::TextSecondary, {}, widget)};
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(row.what);
    texts->addWidget(row.next);
    if (!remedies.empty()) {
        auto *buttons = new FlowLayout;
        buttons->setSpacing(space::s);
        for (const Remedy &remedy : remedies) {
            auto *button = new QPushButton(remedy.text, widget);
            button->setObjectName(u"remedy"_s);
            button->setAccessibleDescription(m_name->text());
            connect(button, &QPushButton::clicked, this, [this, remedy] { emit remedyWanted(remedy); });
            buttons->addWidget(button);
        }
        texts->addSpacing(space::xs);
        texts->addLayout(buttons);
        texts->addSpacing(space::xs);
    }
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, space::xs, 0, 0);
    line->setSpacing(space::s);
    line->addWidget(row.icon, 0, Qt::AlignTop);
    line->addLayout(texts, 1);
    m_column->addWidget(widget);
    widget->show();
    return row;
}

} // namespace ui
