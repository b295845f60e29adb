// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/upstreamedit.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The password of http://user:password@host:port; not by QUrl, which would rewrite what the user typed.
QString passwordOf(const QString &setting)
{
    const qsizetype begin = setting.indexOf(u"://"_s) + 3;
    const qsizetype at = setting.lastIndexOf(u'@');
    const qsizetype colon = setting.indexOf(u':', begin);
    return begin > 2 && at > colon && colon > 0 ? setting.mid(colon + 1, at - colon - 1) : QString();
}

QString withPassword(const QString &setting, const QString &password)
{
    const QString present = passwordOf(setting);
    return present.isEmpty() ? setting
                             : QString(setting).replace(u':' + present + u'@', u':' + password + u'@');
}

QString dots()
{
    return u"••••••"_s;
}

} // namespace

UpstreamEdit::UpstreamEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("As the environment says (https_proxy)"));
    connect(this, &QLineEdit::editingFinished, this, [this] {
        if (const QString entered = proxy(); entered != m_setting)
            emit proxyEntered(entered);
    });
}

void UpstreamEdit::setProxy(const QString &setting)
{
    m_setting = setting;
    setText(withPassword(setting, dots()));
}

QString UpstreamEdit::proxy() const
{
    const QString typed = text().trimmed();
    return passwordOf(typed) == dots() ? withPassword(typed, passwordOf(m_setting)) : typed;
}

} // namespace ui
