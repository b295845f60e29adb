// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/processing.h"

#include "intake/mutes.h"
#include "intake/repeatedrequests.h"

#include <algorithm>

#include <QCryptographicHash>

namespace intake {

Checks checksOf(std::shared_ptr<const check::Checker> checker,
                std::shared_ptr<const segment::HealthOptions> health, std::uint64_t generation)
{
    Checks checks{std::move(checker), std::move(health), {}, generation};
    checks.fingerprint = checks.checker->fingerprint();
    if (!checks.fingerprint.isEmpty() && !checks.health->mutes.empty()) {
        segment::HealthOptions mutes;
        mutes.mutes = checks.health->mutes;
        constexpr qsizetype digits = 16;
        checks.fingerprint +=
            '+' + QCryptographicHash::hash(segment::toJson(mutes), QCryptographicHash::Sha256)
                      .toHex()
                      .first(digits);
    }
    return checks;
}

CheckedRequest process(const event::CapturedRequest &captured, json::Parser &parser,
                       const Processing &processing, const Redactor &redactor, const Router &router)
{
    CheckedRequest checked;
    checked.checks = processing.checks;
    const segment::HealthOptions &health = *processing.checks.health;
    segment::Decoded decoded = segment::decode(captured, parser, processing.decode);
    redactor.redact(decoded);
    checked.calls.reserve(decoded.events.size());
    for (segment::DecodedEvent &decodedEvent : decoded.events) {
        event::EventDraft &draft = decodedEvent.draft;
        if (processing.storedNames != nullptr) {
            draft.source.suggestedName =
                processing.storedNames->value(draft.source.keyHash, draft.source.suggestedName);
        }
        const QString &source = draft.source.suggestedName;
        plan::Verdict verdict = processing.checks.checker->check(
            check::EventView{draft.type, draft.name, source, decodedEvent.merged, draft.end - draft.begin,
                             captured.receivedUs});
        draft.findings.insert(draft.findings.end(), std::make_move_iterator(verdict.findings.begin()),
                              std::make_move_iterator(verdict.findings.end()));
        draft.status = mute(verdict.status, draft.findings, health, source, draft.name);
        std::ranges::stable_sort(draft.findings, std::ranges::greater{}, &event::Finding::severity);
        // A file of bodies may not say when its events happened: then they only seem to come all at once.
        const bool hasNoTime = captured.known == event::Known::Body && draft.timestamp.isEmpty();
        checked.calls.push_back(hasNoTime ? WatchedCall() : watchedCall(decodedEvent, captured.receivedUs));
        decoded.request.events.push_back(std::move(draft));
    }
    checked.refusal = refusalOf(decoded.request);
    if (router && decoded.request.rejectCode.isEmpty()) {
        decoded.request.destinations = router(decoded.request);
    }
    checked.draft = std::move(decoded.request);
    return checked;
}

} // namespace intake
