// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/schema.h"
#include "json/parser.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

std::atomic<std::size_t> allocations = 0;

} // namespace

// The whole program's allocations are counted; none may fall into a verdict.
void *operator new(std::size_t bytes)
{
    ++allocations;
    if (void *memory = std::malloc(bytes == 0 ? 1 : bytes)) {
        return memory;
    }
    throw std::bad_alloc();
}
void *operator new(std::size_t bytes, const std::nothrow_t &) noexcept
{
    ++allocations;
    return std::malloc(bytes == 0 ? 1 : bytes);
}
void operator delete(void *memory, const std::nothrow_t &) noexcept
{
    std::free(memory);
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

class TstAllocations : public QObject
{
    Q_OBJECT

private slots:
    void validInstancesCostNone();
};

void TstAllocations::validInstancesCostNone()
{
    json::Parser parser;
    const auto schemaText =
        parser.parse(R"({"type":"object","required":["properties"],"properties":{"properties":{
        "type":"object","required":["orderId","total","products"],"additionalProperties":false,"properties":{
        "orderId":{"type":"string","pattern":"^ord_[A-Za-z0-9]+$"},"total":{"type":"number","minimum":0,"multipleOf":0.01},
        "currency":{"enum":["EUR","USD"]},"placedAt":{"type":"string","format":"date-time"},
        "email":{"type":"string","format":"email"},"site":{"type":"string","format":"uri"},
        "coupon":{"anyOf":[{"type":"null"},{"type":"string","minLength":4}]},
        "products":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"object","required":["sku"],
        "properties":{"sku":{"type":"string"},"quantity":{"type":"integer","minimum":1}}}}}}}})"_ba);
    const auto instance = parser.parse(R"({"type":"track","properties":{"orderId":"ord_5Ab","total":19.99,
        "currency":"EUR","placedAt":"2026-11-24T10:00:00.123Z","email":"joe@example.com","site":"https://example.com/a?b=c",
        "coupon":"SPRING","products":[{"sku":"A","quantity":2},{"quantity":1.0,"sku":"B"}]}})"_ba);
    QVERIFY(schemaText.has_value() && instance.has_value());
    const auto checked = schema::compile(*schemaText, {});
    QVERIFY(checked.has_value());
    const json::Value root = (*instance)->root();
    QVERIFY(checked->isValid(root)); // RE2 builds its automaton with the first texts

    const std::size_t before = allocations;
    const bool isValid = checked->isValid(root);
    const bool hasNoFindings = checked->violations(root, {}).empty();
    const std::size_t after = allocations;
    QVERIFY(isValid);
    QVERIFY(hasNoFindings);
    QCOMPARE(after, before);
}

QTEST_GUILESS_MAIN(TstAllocations)
#include "tst_allocations.moc"
