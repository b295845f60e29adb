// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/answers.h"

#include "check/checker.h"

namespace api {

/// `GET /api/v1/coverage?where=&format=json|csv|html`, understood.
struct CoverageRequest
{
    enum class Form : std::uint8_t { Json, Csv, Html };
    filter::Query where;
    QString whereText;
    Form form = Form::Json;
};

/// Nothing when the query is understood, else the problem to answer.
[[nodiscard]] std::optional<http::Response> readCoverageRequest(QByteArrayView query,
                                                                CoverageRequest &request);

/// The plans in force held against the stored events that match (report::coverageJson has the form).
[[nodiscard]] http::Response answerCoverage(ReadContext context, const CoverageRequest &request,
                                            std::shared_ptr<const check::Checker> checker);

} // namespace api
