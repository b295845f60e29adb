// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// Trains the zstd dictionary of the store's bodies on made-up traffic, never on real events: a dictionary
// keeps pieces of what it saw, and those would outlive an erasure.

#include "tests/support/sampletraffic.h"

#include <QFile>
#include <QFileInfo>
#include <QTextStream>

// Its advanced interface, stable in all of zstd 1.x, is behind this.
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

int main(int argc, char **argv)
{
    QTextStream errors(stderr);
    if (argc != 2) {
        errors << "usage: train_dictionary FILE.zdict (the number in its name is the dictionary's id)\n";
        return 2;
    }
    const QString path = QFile::decodeName(argv[1]);
    const unsigned number = QFileInfo(path).completeBaseName().toUInt();
    constexpr unsigned seed = 20261124;
    constexpr std::size_t samples = 12'000;
    constexpr std::size_t dictionaryBytes = 32 * 1024;

    support::SampleTraffic traffic(seed, 4'000);
    QByteArray all;
    std::vector<std::size_t> sizes;
    while (sizes.size() < samples) {
        const event::RequestDraft draft = traffic.next();
        // A long batch teaches nothing that its first events did not.
        const QByteArray sample =
            (draft.head + draft.body)
                .first(std::min<qsizetype>(draft.head.size() + draft.body.size(), 4'000));
        all += sample;
        sizes.push_back(static_cast<std::size_t>(sample.size()));
    }
    QByteArray dictionary(static_cast<qsizetype>(dictionaryBytes), '\0');
    ZDICT_fastCover_params_t parameters{};
    parameters.k = 1024;
    parameters.d = 8;
    parameters.f = 20;
    parameters.accel = 1;
    parameters.zParams.compressionLevel = 1;
    // Ids below 32768 are reserved for registered dictionaries (zstd's format document).
    parameters.zParams.dictID = 40'000 + number;
    const std::size_t size =
        ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionaryBytes, all.constData(), sizes.data(),
                                        static_cast<unsigned>(sizes.size()), parameters);
    if (ZDICT_isError(size) != 0) {
        errors << ZDICT_getErrorName(size) << '\n';
        return 2;
    }
    dictionary.truncate(static_cast<qsizetype>(size));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(dictionary) != dictionary.size()) {
        errors << path << ": " << file.errorString() << '\n';
        return 2;
    }
    errors << path << ": " << size << " bytes from " << sizes.size() << " samples\n";
    return 0;
}
