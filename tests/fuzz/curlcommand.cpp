// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "segment/curlcommand.h"

namespace fuzz {

/// A shell's text: its words come from it, and a command is requests or one sentence.
void curlCommand(QByteArrayView input)
{
    qsizetype bytes = 0;
    for (const segment::ShellCommand &command : segment::shellCommands(input)) {
        require(!command.words.isEmpty() || !command.problem.isEmpty(), "a command is not empty");
        for (const QByteArray &word : command.words) {
            bytes += word.size();
        }
        if (!segment::isCurl(command)) {
            continue;
        }
        const auto requests = segment::curlRequests(command);
        if (!requests) {
            require(!requests.error().what.isEmpty(), "a refused command says why");
            continue;
        }
        require(!requests->empty(), "a command that is understood sends something");
        for (const segment::WrittenRequest &request : *requests) {
            require(request.url.contains("://"), "an address is whole");
            require(!request.method.isEmpty(), "a request has a method");
        }
    }
    // An escape of two letters may become a replacement character of three bytes.
    require(bytes <= 3 * input.size(), "words are made of the text");
}

} // namespace fuzz
