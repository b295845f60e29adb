// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/seeds.h"

#include <QDir>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

/// fuzz_seeds FOLDER: writes FOLDER/<target>/<number> for libFuzzer.
int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::fputs("Usage: fuzz_seeds FOLDER\n", stderr);
        return 2;
    }
    for (const fuzz::Target &target : fuzz::targets()) {
        const QDir folder(QString::fromLocal8Bit(argv[1]) + u'/' + QString::fromLatin1(target.name));
        int number = 0;
        for (const auto &inputs : {fuzz::seeds(target.name), fuzz::regressions(target.name)}) {
            for (const QByteArray &input : inputs) {
                QFile file(folder.filePath(QString::number(++number)));
                if (!folder.mkpath(u"."_s) || !file.open(QIODevice::WriteOnly) ||
                    file.write(input) != input.size()) {
                    std::fprintf(stderr, "%s can't be written.\n", qPrintable(file.fileName()));
                    return 2;
                }
            }
        }
    }
    return 0;
}
