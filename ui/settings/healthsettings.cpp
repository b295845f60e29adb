// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/healthsettings.h"

#include "ui/captureservices.h"
#include "ui/settings/keylist.h"
#include "ui/settings/sourceeditor.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>
#include <utility>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int bytesPerKb = 1024;
constexpr int ruleHeight = 26;
constexpr int rulesHeight = 10 * ruleHeight + 2;

QString wordOf(event::RuleId rule)
{
    const auto word = event::word(rule);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

/// "protocol/clock-skew for Tracker UI, event Order Completed"
QString muteText(const segment::Mute &mute)
{
    QString text = mute.rule;
    if (!mute.source.isEmpty())
        text += u' ' + HealthSettings::tr("of %1").arg(mute.source);
    if (!mute.event.isEmpty())
        text += u' ' + HealthSettings::tr("in %1").arg(mute.event);
    return text;
}

/// What the ticks of the rules stand for; all else has a line of its own.
bool isWholeRule(const segment::Mute &mute)
{
    return mute.source.isEmpty() && mute.event.isEmpty() && !mute.rule.contains(u'*');
}

} // namespace

HealthSettings::HealthSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Health"), parent)
{
    addLimits();
    addRules();
    addMutes();
    addKeys();
    if (const CaptureServices *capture = services.captureServices())
        connect(capture, &CaptureServices::healthChanged, this, &HealthSettings::refresh);
    HealthSettings::refresh();
}

void HealthSettings::addLimits()
{
    const auto add = [this](const QString &name, const QString &label, const QString &help,
                            const QString &suffix, std::pair<int, int> range, auto read, auto write) {
        auto *box = new QSpinBox;
        box->setObjectName(name);
        box->setRange(range.first, range.second);
        box->setSuffix(suffix);
        box->setGroupSeparatorShown(true);
        box->setKeyboardTracking(false);
        addRow(label, help, box);
        m_limits.push_back({box, read, write});
        connect(box, &QSpinBox::valueChanged, this, [this, write](int value) {
            change([&](segment::HealthOptions &health) { write(health, value); });
        });
    };
    using Health = segment::HealthOptions;
    // The defaults are Segment's own limits.
    add(
        u"healthEventSize"_s, tr("Largest event"), tr("Segment drops larger ones."), tr(" KB"), {1, 32'768},
        [](const Health &h) { return static_cast<int>(h.maxEventBytes / bytesPerKb); },
        [](Health &h, int kb) { h.maxEventBytes = static_cast<std::uint32_t>(kb * bytesPerKb); });
    add(
        u"healthBatchSize"_s, tr("Largest batch"), tr("Segment refuses larger ones whole."), tr(" KB"),
        {1, 32'768}, [](const Health &h) { return static_cast<int>(h.maxBatchBytes / bytesPerKb); },
        [](Health &h, int kb) { h.maxBatchBytes = static_cast<std::uint32_t>(kb * bytesPerKb); });
    add(
        u"healthBatchEvents"_s, tr("Most events in a batch"), {}, {}, {1, 100'000},
        [](const Health &h) { return static_cast<int>(h.maxBatchEvents); },
        [](Health &h, int count) { h.maxBatchEvents = static_cast<std::uint32_t>(count); });
    add(
        u"healthMessageId"_s, tr("Longest messageId"), {}, tr(" characters"), {1, 10'000},
        [](const Health &h) { return h.maxMessageIdCharacters; },
        [](Health &h, int count) { h.maxMessageIdCharacters = count; });
    add(
        u"healthClockSkew"_s, tr("Clock skew"), tr("sentAt against the clock of this machine."), tr(" s"),
        {1, 86'400}, [](const Health &h) { return h.clockSkewSeconds; },
        [](Health &h, int seconds) { h.clockSkewSeconds = seconds; });
    add(
        u"healthLate"_s, tr("Late event"), tr("It happened that long before it came."), tr(" s"),
        {1, 604'800}, [](const Health &h) { return h.lateSeconds; },
        [](Health &h, int seconds) { h.lateSeconds = seconds; });
    add(
        u"healthRepeat"_s, tr("The same call twice"), tr("The same event with the same content within."),
        tr(" ms"), {1, 600'000}, [](const Health &h) { return h.repeatMilliseconds; },
        [](Health &h, int ms) { h.repeatMilliseconds = ms; });
    add(
        u"healthBurstCount"_s, tr("Burst"), tr("Calls of one name by one user …"), tr(" calls"), {2, 100'000},
        [](const Health &h) { return h.burstCount; }, [](Health &h, int count) { h.burstCount = count; });
    add(
        u"healthBurstSeconds"_s, tr("Burst within"), tr("… within this time: a loop."), tr(" s"), {1, 3'600},
        [](const Health &h) { return h.burstSeconds; },
        [](Health &h, int seconds) { h.burstSeconds = seconds; });
}

void HealthSettings::addRules()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    auto *name = new QLabel(tr("Rules"), box);
    dress(*name, m_theme, FontRole::Body, Role::Text);
    auto *help =
        new QLabel(tr("A rule without its tick is muted everywhere: it is not looked for any more."), box);
    help->setWordWrap(true);
    dress(*help, m_theme, FontRole::Meta, Role::TextSecondary);
    m_rules = new QListWidget(box);
    m_rules->setObjectName(u"healthRules"_s);
    m_rules->setAccessibleName(tr("Rules"));
    m_rules->setFixedHeight(rulesHeight);
    name->setBuddy(m_rules);
    column->addWidget(name);
    column->addWidget(help);
    column->addWidget(m_rules);
    QString words = tr("Rules mute protocol health");
    if (const CaptureServices *capture = m_services.captureServices())
        for (const CaptureServices::RuleText &rule : capture->healthRules())
            words += u' ' + wordOf(rule.rule) + u' ' + rule.summary;
    addWide(box, words);
    connect(m_rules, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        const QString rule = item->data(Qt::UserRole).toString();
        const bool isMuted = item->checkState() == Qt::Unchecked;
        change([&](segment::HealthOptions &health) {
            const segment::Mute whole{rule, {}, {}};
            std::erase(health.mutes, whole);
            if (isMuted)
                health.mutes.push_back(whole);
        });
    });
}

void HealthSettings::addMutes()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    auto *name = new QLabel(tr("Muted for a source or an event"), box);
    dress(*name, m_theme, FontRole::Body, Role::Text);
    m_mutes = new QVBoxLayout;
    m_mutes->setSpacing(2);
    m_muteRule = new QComboBox(box);
    m_muteRule->setObjectName(u"muteRule"_s);
    m_muteRule->setAccessibleName(tr("Rule to mute"));
    m_muteRule->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    leaveWheelToPage(*m_muteRule);
    m_muteSource = new QLineEdit(box);
    m_muteSource->setObjectName(u"muteSource"_s);
    m_muteSource->setPlaceholderText(tr("source, or any"));
    m_muteSource->setAccessibleName(tr("Source it is muted for"));
    m_muteEvent = new QLineEdit(box);
    m_muteEvent->setObjectName(u"muteEvent"_s);
    m_muteEvent->setPlaceholderText(tr("event, or any"));
    m_muteEvent->setAccessibleName(tr("Event it is muted for"));
    auto *add = new QPushButton(tr("Mute"), box);
    add->setObjectName(u"addMute"_s);
    add->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::xs);
    row->addWidget(m_muteRule, 3);
    row->addWidget(m_muteSource, 2);
    row->addWidget(m_muteEvent, 2);
    row->addWidget(add);
    column->addWidget(name);
    column->addLayout(m_mutes);
    column->addLayout(row);
    addWide(box, tr("Mute source event rule"));
    connect(add, &QPushButton::clicked, this, [this] {
        const segment::Mute mute{m_muteRule->currentData().toString(), m_muteSource->text().trimmed(),
                                 m_muteEvent->text().trimmed()};
        m_muteSource->clear();
        m_muteEvent->clear();
        change([&mute](segment::HealthOptions &health) {
            if (!mute.rule.isEmpty() && std::ranges::find(health.mutes, mute) == health.mutes.end())
                health.mutes.push_back(mute);
        });
    });
}

void HealthSettings::addKeys()
{
    m_keys = new KeyList(m_theme, tr("Development keys"));
    m_keys->setObjectName(u"developmentKeys"_s);
    addRow(tr("Development keys"),
           tr("Write keys of development sources: a production app that uses one is a finding."), m_keys);
    m_apps = new QLineEdit;
    m_apps->setObjectName(u"productionApps"_s);
    m_apps->setPlaceholderText(u"com.example.app, www.example.com"_s);
    addRow(tr("Production apps"), tr("App name, namespace or page host; * stands for anything."), m_apps);
    connect(m_keys, &KeyList::edited, this, [this] {
        change([this](segment::HealthOptions &health) {
            health.developmentKeys.clear();
            for (const KnownKey &key : m_keys->keys())
                health.developmentKeys.append(key.hash);
        });
    });
    connect(m_apps, &QLineEdit::editingFinished, this, [this] {
        change([this](segment::HealthOptions &health) { health.productionApps = listOf(m_apps->text()); });
    });
}

void HealthSettings::change(const std::function<void(segment::HealthOptions &)> &how)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    segment::HealthOptions health = capture->health();
    const segment::HealthOptions before = health;
    how(health);
    if (health != before)
        capture->setHealth(health);
}

void HealthSettings::refresh()
{
    const CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    const segment::HealthOptions health = capture->health();
    for (const Limit &limit : m_limits) {
        const QSignalBlocker blocker(limit.box);
        limit.box->setValue(limit.read(health));
    }
    fillRules(health);
    fillMutes(health);
    m_apps->setText(health.productionApps.join(u", "_s));
    // Only hashes are kept: what a key looked like is known of those seen.
    m_services.fetchSources(
        this, [this, keys = health.developmentKeys](const std::vector<store::Source> &seen) {
            std::vector<KnownKey> offered;
            for (const store::Source &source : seen)
                if (!source.maskedKey.isEmpty() && !source.keyHash.startsWith("rule:"))
                    offered.push_back(
                        {QString::fromLatin1(source.keyHash), source.maskedKey + u"  "_s + source.name});
            std::vector<KnownKey> chosen;
            for (const QString &hash : keys) {
                const auto known = std::ranges::find(offered, hash, &KnownKey::hash);
                chosen.push_back(known != offered.end() ? *known
                                                        : KnownKey{hash, tr("key %1…").arg(hash.left(6))});
            }
            if (chosen != m_keys->keys())
                m_keys->setKeys(chosen);
            m_keys->setOffered(offered);
        });
}

void HealthSettings::fillRules(const segment::HealthOptions &health)
{
    const CaptureServices *capture = m_services.captureServices();
    const std::vector<CaptureServices::RuleText> rules = capture->healthRules();
    const QSignalBlocker blocker(m_rules);
    if (m_rules->count() != static_cast<int>(rules.size())) {
        m_rules->clear();
        m_muteRule->clear();
        m_muteRule->addItem(tr("Every rule of the protocol"), u"protocol/*"_s);
        for (const CaptureServices::RuleText &rule : rules) {
            auto *item = new QListWidgetItem(rule.summary, m_rules);
            item->setData(Qt::UserRole, wordOf(rule.rule));
            item->setToolTip(wordOf(rule.rule));
            item->setSizeHint({0, ruleHeight});
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            m_muteRule->addItem(wordOf(rule.rule), wordOf(rule.rule));
            m_muteRule->setItemData(m_muteRule->count() - 1, rule.summary, Qt::ToolTipRole);
        }
    }
    for (int row = 0; row < m_rules->count(); ++row) {
        QListWidgetItem *item = m_rules->item(row);
        const segment::Mute whole{item->data(Qt::UserRole).toString(), {}, {}};
        const bool isMuted = std::ranges::find(health.mutes, whole) != health.mutes.end();
        item->setCheckState(isMuted ? Qt::Unchecked : Qt::Checked);
    }
}

void HealthSettings::fillMutes(const segment::HealthOptions &health)
{
    for (QWidget *row : std::exchange(m_muteRows, {}))
        row->deleteLater();
    for (const segment::Mute &mute : health.mutes) {
        if (isWholeRule(mute))
            continue;
        auto *box = new QWidget(this);
        box->setObjectName(u"mute"_s);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        auto *text = new ElidedLabel(m_theme, FontRole::Body, Role::Text, Qt::ElideRight, box);
        text->setFullText(muteText(mute));
        auto *remove = new QToolButton(box);
        remove->setObjectName(u"removeMute"_s);
        remove->setIcon(m_theme.icon(Icon::Close));
        remove->setAutoRaise(true);
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setAccessibleName(tr("No longer mute %1").arg(muteText(mute)));
        remove->setToolTip(remove->accessibleName());
        row->addWidget(text, 1);
        row->addWidget(remove);
        m_mutes->addWidget(box);
        m_muteRows.push_back(box);
        connect(remove, &QToolButton::clicked, this, [this, mute] {
            change([&mute](segment::HealthOptions &now) { std::erase(now.mutes, mute); });
        });
    }
}

void HealthSettings::reset()
{
    if (CaptureServices *capture = m_services.captureServices())
        capture->setHealth({});
}

} // namespace ui
