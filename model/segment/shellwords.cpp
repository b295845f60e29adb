// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/shellreaders.h"

namespace segment {

namespace {

bool isForCmd(QByteArrayView text)
{
    return text.indexOf("^\"") >= 0 || text.indexOf("^\n") >= 0 || text.indexOf("^\r\n") >= 0 ||
           text.indexOf("\"{\"\"") >= 0;
}

} // namespace

std::vector<ShellCommand> shellCommands(QByteArrayView text)
{
    return isForCmd(text) ? cmdCommands(text) : posixCommands(text);
}

} // namespace segment
