// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/dialer.h"

namespace capture {

class Dialer::Impl
{
public:
    Options options;
};

Dialer::Dialer(Options options, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->options = std::move(options);
}

Dialer::~Dialer() = default;

} // namespace capture
