// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// The groups that are a few controls each; destinations have a file of their own.
#include "ui/settings/groups.h"

#include "check/conventions.h"
#include "ui/widgets/statuschip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString defaultListen()
{
    return u"8765"_s;
}

QString defaultApiListen()
{
    return u"127.0.0.1:8766"_s;
}

/// The presets' own names are ids of files; people get words.
QString conventionsText(const QString &name)
{
    if (name == "segment"_L1)
        return SettingsGroup::tr("Segment’s own");
    if (name == "delivery-platform"_L1)
        return SettingsGroup::tr("Delivery platform");
    if (name == "off"_L1)
        return SettingsGroup::tr("Off");
    return QFileInfo(name).fileName();
}

class Dot final : public QWidget
{
public:
    Dot(const Theme &theme, event::SourceId source, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_source(source)
    {
        setFixedSize(12, 12);
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        paintSourceDot(painter, m_theme, rect(), event::raw(m_source));
    }

private:
    const Theme &m_theme;
    event::SourceId m_source;
};

} // namespace

CaptureSettings::CaptureSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Capture"), parent)
    , m_listen(new QLineEdit)
    , m_strict(new QCheckBox(tr("Answer 400 where Segment would")))
    , m_listenRow(addRow(
          tr("Listen on"),
          tr("A port for this machine alone (8765), or an address and port (192.168.1.20:8765)."), m_listen))
    , m_strictRow(addRow(
          tr("Damaged JSON"),
          tr("Off: it is kept, answered 200 and explained, so that SDKs don’t send it again and again."),
          m_strict))
{
    m_listen->setObjectName(u"captureListen"_s);
    m_strict->setObjectName(u"captureStrictJson"_s);
    connect(m_listen, &QLineEdit::editingFinished, this, &CaptureSettings::applyListen);
    connect(m_strict, &QCheckBox::toggled, this, [this](bool isOn) {
        report(m_strictRow, m_services.settings().setFlag(base::keys::strictJson, isOn));
        m_services.applySettings();
    });
    connect(&services, &Services::captureStateChanged, this, [this] {
        const Services::CaptureState state = m_services.captureState();
        if (state.problem.what.isEmpty())
            clearError(m_listenRow);
        else
            showError(m_listenRow, state.problem);
    });
    CaptureSettings::refresh();
}

void CaptureSettings::refresh()
{
    const QSignalBlocker blocker(m_strict);
    m_listen->setText(m_services.settings().text(base::keys::listen, defaultListen()));
    m_strict->setChecked(m_services.settings().flag(base::keys::strictJson, false));
}

void CaptureSettings::applyListen()
{
    const QString text = m_listen->text().trimmed();
    if (text == m_services.settings().text(base::keys::listen, defaultListen()) &&
        m_services.captureState().isListening) {
        clearError(m_listenRow);
        return;
    }
    if (const auto parsed = capture::parseListen(text); !parsed) {
        showError(m_listenRow, parsed.error());
        return;
    }
    clearError(m_listenRow);
    m_services.listenOn(text);
}

void CaptureSettings::reset()
{
    report(m_listenRow, m_services.settings().remove(base::keys::listen));
    report(m_strictRow, m_services.settings().remove(base::keys::strictJson));
    m_services.applySettings();
}

CheckSettings::CheckSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Checks"), parent)
    , m_plans(new QListWidget)
    , m_remove(new QPushButton(tr("Remove")))
    , m_conventions(new QComboBox)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    auto *name = new QLabel(tr("Tracking plans"), box);
    name->setBuddy(m_plans);
    auto *help = new QLabel(tr("Segment’s Public API JSON, or a JSON Schema per event. Events already "
                               "captured get their new verdict."),
                            box);
    help->setWordWrap(true);
    dress(*help, theme, FontRole::Meta, Role::TextSecondary);
    m_plans->setObjectName(u"planList"_s);
    m_plans->setAccessibleName(tr("Tracking plans"));
    m_plans->setFixedHeight(92);
    m_plans->setTextElideMode(Qt::ElideMiddle);
    auto *add = new QPushButton(theme.icon(Icon::Plus), tr("Add…"), box);
    add->setObjectName(u"addPlan"_s);
    add->setAccessibleName(tr("Add a tracking plan"));
    add->setAutoDefault(false);
    m_remove->setObjectName(u"removePlan"_s);
    m_remove->setAccessibleName(tr("Remove the chosen tracking plan"));
    m_remove->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    column->addWidget(name);
    column->addWidget(help);
    column->addWidget(m_plans);
    column->addLayout(buttons);
    m_plansRow = addWide(box, tr("Tracking plans JSON Schema"));

    m_conventions->setObjectName(u"conventions"_s);
    m_conventionsRow =
        addRow(tr("Naming conventions"), tr("How event and property names are to look."), m_conventions);

    connect(add, &QPushButton::clicked, this, &CheckSettings::addPlans);
    connect(m_remove, &QPushButton::clicked, this, &CheckSettings::removePlan);
    connect(m_plans, &QListWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(m_plans->currentItem() != nullptr); });
    connect(m_conventions, &QComboBox::activated, this, &CheckSettings::chooseConventions);
    connect(&services, &Services::checkerChanged, this, &CheckSettings::refresh);
    CheckSettings::refresh();
}

void CheckSettings::refresh()
{
    m_plans->clear();
    for (const QString &path : m_services.settings().list(base::keys::plans)) {
        auto *item = new QListWidgetItem(path, m_plans);
        item->setToolTip(path);
    }
    m_remove->setEnabled(m_plans->currentItem() != nullptr);
    const QString current = m_services.settings().text(base::keys::conventions, u"segment"_s);
    m_conventions->clear();
    QStringList choices = check::Conventions::presetNames();
    choices.append(u"off"_s);
    if (!choices.contains(current))
        choices.append(current);
    for (const QString &choice : choices)
        m_conventions->addItem(conventionsText(choice), choice);
    m_conventions->addItem(tr("Choose a file…"), QString());
    m_conventions->setCurrentIndex(m_conventions->findData(current));
}

QStringList CheckSettings::paths() const
{
    QStringList paths;
    for (int row = 0; row < m_plans->count(); ++row)
        paths.append(m_plans->item(row)->text());
    return paths;
}

void CheckSettings::addPlans()
{
    const QStringList chosen = QFileDialog::getOpenFileNames(this, tr("Add tracking plans"), {},
                                                             tr("Tracking plans (*.json);;All files (*)"));
    if (chosen.isEmpty())
        return;
    QStringList all = paths() + chosen;
    all.removeDuplicates();
    m_services.openPlans(all);
}

void CheckSettings::removePlan()
{
    const int row = m_plans->currentRow();
    if (row < 0)
        return;
    QStringList rest = paths();
    rest.removeAt(row);
    m_services.openPlans(rest);
}

void CheckSettings::chooseConventions(int index)
{
    QString choice = m_conventions->itemData(index).toString();
    if (choice.isEmpty()) {
        choice = QFileDialog::getOpenFileName(this, tr("Choose conventions"), {},
                                              tr("Conventions (*.json);;All files (*)"));
        if (choice.isEmpty()) {
            refresh();
            return;
        }
    }
    m_services.setConventions(choice);
}

void CheckSettings::reset()
{
    m_services.openPlans({});
    m_services.setConventions(u"segment"_s);
}

ApiSettings::ApiSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("API"), parent)
    , m_on(new QCheckBox(tr("On")))
    , m_listen(new QLineEdit)
    , m_onRow(addRow(tr("HTTP API"),
                     tr("For scripts and CI: status, summary, events. Reached from this machine only."),
                     m_on))
    , m_listenRow(addRow(tr("API address"), {}, m_listen))
{
    m_on->setObjectName(u"apiOn"_s);
    m_listen->setObjectName(u"apiListen"_s);
    connect(m_on, &QCheckBox::toggled, this, [this](bool isOn) {
        report(m_onRow, m_services.settings().setFlag(base::keys::apiOn, isOn));
        m_listen->setEnabled(isOn);
        m_services.applySettings();
    });
    connect(m_listen, &QLineEdit::editingFinished, this, &ApiSettings::applyListen);
    ApiSettings::refresh();
}

void ApiSettings::refresh()
{
    const QSignalBlocker blocker(m_on);
    m_on->setChecked(m_services.settings().flag(base::keys::apiOn, false));
    m_listen->setText(m_services.settings().text(base::keys::apiListen, defaultApiListen()));
    m_listen->setEnabled(m_on->isChecked());
}

void ApiSettings::applyListen()
{
    const QString text = m_listen->text().trimmed();
    if (text == m_services.settings().text(base::keys::apiListen, defaultApiListen())) {
        clearError(m_listenRow);
        return;
    }
    if (const auto parsed = capture::parseListen(text); !parsed) {
        showError(m_listenRow, parsed.error());
        return;
    }
    report(m_listenRow, m_services.settings().setText(base::keys::apiListen, text));
    m_services.applySettings();
}

void ApiSettings::reset()
{
    report(m_onRow, m_services.settings().remove(base::keys::apiOn));
    report(m_listenRow, m_services.settings().remove(base::keys::apiListen));
    m_services.applySettings();
}

LookSettings::LookSettings(Services &services, Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Look"), parent)
    , m_look(theme)
    , m_theme(new QComboBox)
    , m_density(new QComboBox)
    , m_motion(new QCheckBox(tr("Less motion")))
{
    m_theme->setObjectName(u"themeChoice"_s);
    m_theme->addItem(tr("As the system"), u"system"_s);
    m_theme->addItem(tr("Light"), u"light"_s);
    m_theme->addItem(tr("Dark"), u"dark"_s);
    m_density->setObjectName(u"density"_s);
    m_density->addItem(tr("Compact"), u"compact"_s);
    m_density->addItem(tr("Normal"), u"normal"_s);
    m_density->addItem(tr("Roomy"), u"roomy"_s);
    m_motion->setObjectName(u"reducedMotion"_s);
    m_themeRow = addRow(tr("Theme"), {}, m_theme);
    addRow(tr("Rows"), tr("Height of table rows: 22, 26 or 32."), m_density);
    addRow(tr("Motion"), tr("Panels and highlights change without moving."), m_motion);
    connect(m_theme, &QComboBox::activated, this, &LookSettings::apply);
    connect(m_density, &QComboBox::activated, this, &LookSettings::apply);
    connect(m_motion, &QCheckBox::toggled, this, &LookSettings::apply);
    connect(&theme, &Theme::changed, this, &LookSettings::refresh);
    LookSettings::refresh();
}

void LookSettings::refresh()
{
    const QSignalBlocker blocker(m_motion);
    const base::Settings &settings = m_services.settings();
    m_theme->setCurrentIndex(m_theme->findData(settings.text(base::keys::theme, u"system"_s)));
    m_density->setCurrentIndex(m_density->findData(settings.text(base::keys::density, u"normal"_s)));
    m_motion->setChecked(settings.flag(base::keys::reducedMotion, false));
}

void LookSettings::apply()
{
    base::Settings &settings = m_services.settings();
    const QString theme = m_theme->currentData().toString();
    const QString density = m_density->currentData().toString();
    const bool isReduced = m_motion->isChecked();
    report(m_themeRow, settings.setText(base::keys::theme, theme));
    report(m_themeRow, settings.setText(base::keys::density, density));
    report(m_themeRow, settings.setFlag(base::keys::reducedMotion, isReduced));
    applyLook(settings, m_look);
}

void LookSettings::reset()
{
    for (const char *key : {base::keys::theme, base::keys::density, base::keys::reducedMotion})
        report(m_themeRow, m_services.settings().remove(key));
    applyLook(m_services.settings(), m_look);
}

void applyLook(const base::Settings &settings, Theme &theme)
{
    const QString choice = settings.text(base::keys::theme, u"system"_s);
    theme.setChoice(choice == "dark"_L1
                        ? Theme::Choice::Dark
                        : (choice == "light"_L1 ? Theme::Choice::Light : Theme::Choice::System));
    const QString density = settings.text(base::keys::density, u"normal"_s);
    theme.setDensity(density == "compact"_L1
                         ? Theme::Density::Compact
                         : (density == "roomy"_L1 ? Theme::Density::Roomy : Theme::Density::Normal));
    theme.setMotion(settings.flag(base::keys::reducedMotion, false) ? Theme::Motion::Reduced
                                                                    : Theme::Motion::Full);
}

SourceSettings::SourceSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Sources"), parent)
    , m_list(new QWidget)
    , m_column(new QVBoxLayout(m_list))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s);
    addWide(m_list, tr("Sources names rename write keys"));
    hideReset();
    SourceSettings::refresh();
}

void SourceSettings::refresh()
{
    m_services.fetchSources(this, [this](const std::vector<store::Source> &sources) { fill(sources); });
}

void SourceSettings::fill(const std::vector<store::Source> &sources)
{
    while (QLayoutItem *item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (sources.empty()) {
        auto *empty = new QLabel(
            tr("Each write key seen becomes a source, which can be named here. None was seen yet."), m_list);
        empty->setWordWrap(true);
        dress(*empty, m_theme, FontRole::Body, Role::TextSecondary);
        m_column->addWidget(empty);
    }
    for (const store::Source &source : sources) {
        auto *box = new QWidget(m_list);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::m);
        auto *name = new QLineEdit(source.name, box);
        name->setAccessibleName(tr("Name of the source %1").arg(source.name));
        name->setFixedWidth(220);
        auto *key = new QLabel(source.maskedKey.isEmpty() ? tr("no write key") : source.maskedKey, box);
        dress(*key, m_theme, FontRole::Mono, Role::TextSecondary);
        auto *about = new QLabel(tr("%Ln event(s)", nullptr, static_cast<int>(source.events)) +
                                     (source.library.isEmpty() ? QString() : u", "_s + source.library),
                                 box);
        dress(*about, m_theme, FontRole::Meta, Role::TextSecondary);
        row->addWidget(new Dot(m_theme, source.id, box));
        row->addWidget(name);
        row->addWidget(key);
        row->addWidget(about, 1);
        m_column->addWidget(box);
        connect(name, &QLineEdit::editingFinished, this, [this, name, id = source.id, before = source.name] {
            const QString wanted = name->text().trimmed();
            if (!wanted.isEmpty() && wanted != before)
                m_services.renameSource(id, wanted);
        });
    }
}

void SourceSettings::reset() {} // names are the user's own words: there is nothing they were at first

} // namespace ui
