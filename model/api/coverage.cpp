// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/coverage.h"

#include "api/problem.h"
#include "report/coverage.h"
#include "report/storedwalk.h"
#include "segment/querystring.h"

namespace api {

using namespace Qt::StringLiterals;

std::optional<http::Response> readCoverageRequest(QByteArrayView query, CoverageRequest &request)
{
    for (const segment::Parameter &parameter : segment::parameters(query)) {
        const QString name = QString::fromUtf8(parameter.name);
        const QString value =
            QString::fromUtf8(segment::percentDecoded(parameter.rawValue, segment::PlusSign::Space));
        if (name == u"where"_s) {
            auto parsed = filter::parse(value);
            if (!parsed) {
                return problem(parsed.error());
            }
            request.where = *std::move(parsed);
            request.whereText = value;
        } else if (name == u"format"_s) {
            if (value != u"json"_s && value != u"csv"_s && value != u"html"_s) {
                return problem(400, {base::ErrorCode::BadInput,
                                     u"The parameter `format` is '%1'."_s.arg(value),
                                     u"It is json, csv or html."_s,
                                     {}});
            }
            request.form = value == u"csv"_s    ? CoverageRequest::Form::Csv
                           : value == u"html"_s ? CoverageRequest::Form::Html
                                                : CoverageRequest::Form::Json;
        } else {
            return problem(400, {base::ErrorCode::BadInput,
                                 u"There is no parameter `%1` here."_s.arg(name),
                                 u"Those known are where and format."_s,
                                 {}});
        }
    }
    return std::nullopt;
}

http::Response answerCoverage(ReadContext context, const CoverageRequest &request,
                              std::shared_ptr<const check::Checker> checker)
{
    report::CoverageBuilder builder(std::move(checker));
    report::StoredWalk walk(context.reader);
    const auto walked = walk.run(
        request.where, {},
        [&builder](const report::StoredEvent &stored) {
            builder.add(report::coveredEvent(stored));
            return true;
        },
        context.stop);
    if (!walked) {
        return problem(walked.error());
    }
    const report::Coverage coverage = builder.coverage();
    if (request.form == CoverageRequest::Form::Json) {
        return jsonResponse(200, report::coverageJson(coverage));
    }
    const bool isCsv = request.form == CoverageRequest::Form::Csv;
    http::Response response;
    response.status = 200;
    response.headers.push_back(
        {"Content-Type", isCsv ? "text/csv; charset=utf-8; header=present" : "text/html; charset=utf-8"});
    const QString title = request.whereText.isEmpty() ? u"All captured events"_s : request.whereText;
    response.body = isCsv ? report::coverageCsv(coverage) : report::coverageHtml(coverage, {title, 0});
    return response;
}

} // namespace api
