// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include "api/jsonwriter.h"

namespace api {

using namespace Qt::StringLiterals;

namespace {

int statusFor(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::BadInput:
        return 400;
    case base::ErrorCode::NotFound:
        return 404;
    case base::ErrorCode::Limit:
        return 413;
    case base::ErrorCode::Unsupported:
        return 501;
    case base::ErrorCode::InUse:
    case base::ErrorCode::Cancelled:
        return 503;
    case base::ErrorCode::DiskFull:
        return 507;
    default:
        return 500;
    }
}

http::Response response(int status, const char *type, const QByteArray &body)
{
    // What is answered holds what people did: no cache keeps it, and no browser guesses at its type.
    return {status,
            {{"Content-Type", type}, {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}},
            body + '\n'};
}

ObjectWriter begun(int status, const base::Error &error)
{
    ObjectWriter body;
    body.text("type", "about:blank"_ba);
    body.text("title", http::reasonPhrase(status));
    body.number("status", static_cast<std::uint64_t>(status));
    body.text("detail", error.oneLine());
    body.text("what", error.what);
    body.textIfAny("why", error.why);
    body.textIfAny("fix", error.fix);
    return body;
}

} // namespace

http::Response jsonResponse(int status, const QByteArray &json)
{
    return response(status, "application/json", json);
}

http::Response problem(int status, const base::Error &error)
{
    return response(status, "application/problem+json", begun(status, error).take());
}

http::Response problem(const base::Error &error)
{
    return problem(statusFor(error.code), error);
}

http::Response problem(const filter::SyntaxError &mistake)
{
    ObjectWriter body = begun(400, {base::ErrorCode::BadInput, u"The filter in `where` has a mistake."_s,
                                    mistake.message, u"Mend it at position %1."_s.arg(mistake.position)});
    body.number("position", static_cast<std::uint64_t>(mistake.position));
    body.number("length", static_cast<std::uint64_t>(mistake.length));
    return response(400, "application/problem+json", body.take());
}

} // namespace api
