// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icon.h"

using namespace Qt::StringLiterals;

namespace ui {

QString fileName(Icon icon)
{
    switch (icon) {
    case Icon::Valid:
        return u"valid"_s;
    case Icon::Violation:
        return u"violation"_s;
    case Icon::Unplanned:
        return u"unplanned"_s;
    case Icon::Unchecked:
        return u"unchecked"_s;
    case Icon::Rejected:
        return u"rejected"_s;
    case Icon::Lint:
        return u"lint"_s;
    case Icon::Privacy:
        return u"privacy"_s;
    case Icon::Protocol:
        return u"protocol"_s;
    case Icon::Identity:
        return u"identity"_s;
    case Icon::Stream:
        return u"stream"_s;
    case Icon::Plan:
        return u"plan"_s;
    case Icon::Audit:
        return u"audit"_s;
    case Icon::Setup:
        return u"setup"_s;
    case Icon::Play:
        return u"play"_s;
    case Icon::Pause:
        return u"pause"_s;
    case Icon::Stop:
        return u"stop"_s;
    case Icon::Copy:
        return u"copy"_s;
    case Icon::Search:
        return u"search"_s;
    case Icon::Filter:
        return u"filter"_s;
    case Icon::Sun:
        return u"sun"_s;
    case Icon::Moon:
        return u"moon"_s;
    case Icon::Settings:
        return u"settings"_s;
    case Icon::Replay:
        return u"replay"_s;
    case Icon::Plus:
        return u"plus"_s;
    case Icon::Minus:
        return u"minus"_s;
    case Icon::Folder:
        return u"folder"_s;
    case Icon::Warning:
        return u"warning"_s;
    case Icon::Close:
        return u"close"_s;
    case Icon::Check:
        return u"check"_s;
    case Icon::ChevronUp:
        return u"chevron-up"_s;
    case Icon::ChevronDown:
        return u"chevron-down"_s;
    case Icon::ChevronLeft:
        return u"chevron-left"_s;
    case Icon::ChevronRight:
        return u"chevron-right"_s;
    case Icon::Sidebar:
        return u"sidebar"_s;
    case Icon::Trash:
        return u"trash"_s;
    case Icon::Session:
        return u"session"_s;
    case Icon::Bookmark:
        return u"bookmark"_s;
    case Icon::Note:
        return u"note"_s;
    case Icon::More:
        return u"more"_s;
    case Icon::Command:
        return u"command"_s;
    case Icon::Delivered:
        return u"delivered"_s;
    case Icon::Pending:
        return u"pending"_s;
    case Icon::Failed:
        return u"failed"_s;
    }
    return {};
}

Icon iconFor(event::Status status)
{
    switch (status) {
    case event::Status::Valid:
        return Icon::Valid;
    case event::Status::Violation:
        return Icon::Violation;
    case event::Status::Unplanned:
        return Icon::Unplanned;
    case event::Status::Unchecked:
        return Icon::Unchecked;
    case event::Status::Rejected:
        return Icon::Rejected;
    }
    return Icon::Unchecked;
}

Icon iconFor(event::FindingKind kind)
{
    switch (kind) {
    case event::FindingKind::Violation:
        return Icon::Violation;
    case event::FindingKind::Lint:
        return Icon::Lint;
    case event::FindingKind::Privacy:
        return Icon::Privacy;
    case event::FindingKind::Protocol:
        return Icon::Protocol;
    case event::FindingKind::Identity:
        return Icon::Identity;
    }
    return Icon::Lint;
}

} // namespace ui
