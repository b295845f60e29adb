// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/proxychoices.h"

#include "ui/setup/domaineditor.h"
#include "ui/setup/guide.h"
#include "ui/widgets/upstreamedit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

ProxyChoices::ProxyChoices(CaptureServices &capture, const Theme &theme, Guide &guide)
    : QObject(&guide)
    , m_capture(capture)
    , m_theme(theme)
{
    GuideStep &domains = guide.addStep(0, tr("Which hosts are decrypted"));
    domains.addText(tr("Segment’s own, in every region. Calls that go through a domain of your own are found "
                       "once it stands here. Every other host passes untouched."));
    m_domains = new DomainEditor(capture, theme, &domains);
    domains.body().addWidget(m_domains);
    buildAnswer(guide.addStep(0, tr("Who answers a captured call")));
    buildUpstream(guide.addStep(0, tr("How the real hosts are reached")));
    refresh();
}

void ProxyChoices::buildAnswer(GuideStep &step)
{
    m_here = new QRadioButton(tr("Trackside: no event reaches Segment"), &step);
    m_here->setObjectName(u"answerHere"_s);
    m_passOn = new QRadioButton(tr("The real host: passed on once stored"), &step);
    m_passOn->setObjectName(u"answerPassOn"_s);
    step.body().addWidget(m_here);
    step.body().addWidget(m_passOn);
    step.addText(tr("Either way a call is stored before it is answered. Settings and scripts always come "
                    "from the real host; settings from Trackside when it can’t be reached."));
    connect(m_here, &QRadioButton::clicked, this, [this] { setAnswer(capture::ProxyAnswer::Here); });
    connect(m_passOn, &QRadioButton::clicked, this, [this] { setAnswer(capture::ProxyAnswer::PassOn); });
}

void ProxyChoices::buildUpstream(GuideStep &step)
{
    auto *label = paragraph(m_theme, FontRole::Body, Role::TextSecondary,
                            tr("&Upstream proxy: http://host:port, “none” for a straight way, or empty for "
                               "what the environment says."),
                            &step);
    m_upstream = new UpstreamEdit(&step);
    m_upstream->setObjectName(u"upstreamProxy"_s);
    m_upstream->setAccessibleName(tr("Upstream proxy"));
    m_upstream->setMaximumWidth(360);
    label->setBuddy(m_upstream);
    m_upstreamError = paragraph(m_theme, FontRole::Body, Role::Violation, {}, &step);
    m_upstreamError->setObjectName(u"upstreamError"_s);
    m_upstreamError->hide();
    step.body().addWidget(label);
    auto *line = new QHBoxLayout;
    line->addWidget(m_upstream, 1);
    line->addStretch(0);
    step.body().addLayout(line);
    step.body().addWidget(m_upstreamError);
    connect(m_upstream, &UpstreamEdit::proxyEntered, this, &ProxyChoices::setUpstream);
}

void ProxyChoices::refresh()
{
    const capture::ProxyOptions options = m_capture.proxyOptions();
    (options.answer == capture::ProxyAnswer::PassOn ? m_passOn : m_here)->setChecked(true);
    if (!m_upstream->hasFocus())
        m_upstream->setProxy(options.upstreamProxy);
    m_domains->refresh();
}

void ProxyChoices::focusUpstream()
{
    m_upstream->setFocus();
    m_upstream->selectAll();
}

void ProxyChoices::setAnswer(capture::ProxyAnswer answer)
{
    capture::ProxyOptions options = m_capture.proxyOptions();
    options.answer = answer;
    if (const auto saved = m_capture.setProxyOptions(options); !saved)
        refresh();
}

void ProxyChoices::setUpstream(const QString &setting)
{
    capture::ProxyOptions options = m_capture.proxyOptions();
    options.upstreamProxy = setting;
    const auto saved = m_capture.setProxyOptions(options);
    m_upstreamError->setVisible(!saved);
    if (saved)
        m_upstream->setProxy(setting);
    else
        m_upstreamError->setText(
            QStringList{saved.error().what, saved.error().why, saved.error().fix}.join(u' ').simplified());
}

} // namespace ui
