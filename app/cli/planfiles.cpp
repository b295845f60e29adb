// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/planfiles.h"

#include "app/cli/output.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace cli {

QString formatWords()
{
    QStringList words;
    for (const plan::Format format : plan::allFormats()) {
        const std::string_view word = plan::word(format);
        words.append(QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())));
    }
    return words.join(u", "_s);
}

base::Result<plan::Format> planFormat(const Arguments &options, const QString &option)
{
    const auto format = plan::formatFromWord(options.value(option).toStdString());
    if (!format) {
        return base::failure(base::ErrorCode::BadInput, u"--%1 is '%2'."_s.arg(option, options.value(option)),
                             {}, u"Choose one of %1."_s.arg(formatWords()));
    }
    return *format;
}

void say(const QString &line)
{
    QTextStream(stderr) << line << '\n';
}

base::Result<plan::Document> readPlan(const QString &path)
{
    auto document = plan::readDocument(path);
    if (document) {
        for (const plan::Problem &problem : document->problems) {
            say(u"%1: %2: %3"_s.arg(path, problem.where, problem.message));
        }
    }
    return document;
}

base::Result<std::size_t> writePlan(const plan::Document &document, plan::Format format, const QString &path)
{
    const std::vector<plan::Loss> losses = plan::lossesOf(document, format);
    for (const plan::Loss &loss : losses) {
        say(u"Not in the new file: %1: %2"_s.arg(loss.where, loss.what));
    }
    if (!path.isEmpty()) {
        if (auto done = plan::writeDocument(document, format, path); !done) {
            return base::Failure(done.error());
        }
        return losses.size();
    }
    const auto files = plan::written(document, format);
    if (!files) {
        return base::Failure(files.error());
    }
    if (files->size() != 1) {
        return base::failure(base::ErrorCode::BadInput,
                             u"%1 is a format of several files."_s.arg(plan::formatTitle(format)), {},
                             u"Name a folder with --output."_s);
    }
    auto output = Output::open({});
    if (!output) {
        return base::Failure(output.error());
    }
    output->write(files->front().bytes);
    if (!output->commit()) {
        return base::Failure(output->error());
    }
    return losses.size();
}

} // namespace cli
