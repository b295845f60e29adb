// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "traffic.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace bench {

namespace {

constexpr std::uint32_t seed = 20'261'124; // the same events in every run

using Members = std::vector<std::pair<QByteArray, QByteArray>>;

class Writer
{
public:
    explicit Writer(Shape shape)
        : m_shape(shape)
    {
    }

    /// `required` members stand first and are never left out.
    QByteArray object(Members members, std::size_t required)
    {
        if (m_shape == Shape::Mixed) {
            for (std::size_t i = members.size(); i > required; --i) {
                if (number(0, 9) < 3) {
                    members.erase(members.begin() + static_cast<std::ptrdiff_t>(i - 1));
                }
            }
            std::ranges::shuffle(members, m_random);
        }
        QByteArray text = "{";
        for (const auto &[key, value] : members) {
            text += (text.size() > 1 ? ",\"" : "\"") + key + "\":" + value;
        }
        return text + '}';
    }

    int number(int low, int high) { return std::uniform_int_distribution(low, high)(m_random); }
    QByteArray digits(int low, int high) { return QByteArray::number(number(low, high)); }
    QByteArray hex(int length)
    {
        QByteArray text;
        while (text.size() < length) {
            text += QByteArray::number(number(0, 15), 16);
        }
        return text;
    }
    QByteArray uuid()
    {
        return '"' + hex(8) + '-' + hex(4) + '-' + hex(4) + '-' + hex(4) + '-' + hex(12) + '"';
    }
    QByteArray money() { return digits(1, 199) + '.' + digits(10, 99); }

private:
    Shape m_shape;
    std::mt19937 m_random{seed};
};

QByteArray product(Writer &writer)
{
    return writer.object({{"sku", "\"SKU-" + writer.digits(1000, 9999) + '"'},
                          {"name", "\"Caf\xc3\xa9 latte, large\""},
                          {"quantity", writer.digits(1, 9)},
                          {"price", writer.money()},
                          {"category", "\"drinks\""},
                          {"position", writer.digits(1, 20)}},
                         4);
}

QByteArray event(Writer &writer)
{
    const QByteArray address = writer.object({{"city", "\"Santa Monica\""},
                                              {"postalCode", "\"" + writer.digits(10000, 99999) + '"'},
                                              {"country", "\"US\""},
                                              {"isResidential", "true"}},
                                             2);
    const QByteArray properties =
        writer.object({{"orderId", "\"ord_" + writer.hex(10) + '"'},
                       {"total", writer.money()},
                       {"currency", "\"USD\""},
                       {"products", '[' + product(writer) + ',' + product(writer) + ']'},
                       {"deliveryId", "\"del_" + writer.hex(8) + '"'},
                       {"subtotal", writer.money()},
                       {"deliveryFee", writer.money()},
                       {"tip", writer.money()},
                       {"couponCode", "null"},
                       {"paymentMethod", "\"applePay\""},
                       {"merchantId", "\"mer_" + writer.hex(8) + '"'},
                       {"merchantName", "\"Blue Door Bakery\""},
                       {"isFirstOrder", "false"},
                       {"promisedAt", "\"2026-11-24T18:" + writer.digits(10, 59) + ":00.000Z\""},
                       {"address", address}},
                      5);
    const QByteArray page = writer.object({{"path", "\"/checkout/done\""},
                                           {"referrer", "\"https://shop.example.com/checkout\""},
                                           {"search", "\"\""},
                                           {"title", "\"Thank you for your order\""},
                                           {"url", "\"https://shop.example.com/checkout/done?step=4\""}},
                                          1);
    const QByteArray context = writer.object(
        {{"library", R"({"name":"analytics.js","version":"npm:next-1.84.3"})"},
         {"page", page},
         {"locale", "\"en-US\""},
         {"timezone", "\"America/Los_Angeles\""},
         {"userAgent",
          R"("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36")"}},
        1);
    return writer.object({{"type", "\"track\""},
                          {"event", "\"Order Completed\""},
                          {"messageId", writer.uuid()},
                          {"properties", properties},
                          {"anonymousId", writer.uuid()},
                          {"timestamp", "\"2026-11-24T17:" + writer.digits(10, 59) + ":12.345Z\""},
                          {"userId", "\"user_" + writer.digits(100, 999) + '"'},
                          {"context", context},
                          {"traits", R"({"email":"jane.doe@example.com"})"},
                          {"integrations", "{}"}},
                         4);
}

} // namespace

QByteArray events(Shape shape, int count)
{
    Writer writer(shape);
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        lines += event(writer) + '\n';
    }
    return lines;
}

QByteArray schema()
{
    return R"json({
"$schema": "http://json-schema.org/draft-07/schema#",
"definitions": {
  "money": {"type": "number", "minimum": 0},
  "product": {"type": "object", "required": ["sku", "name", "quantity", "price"], "properties": {
    "sku": {"type": "string", "pattern": "^SKU-[0-9]{4}$"},
    "name": {"type": "string", "minLength": 1, "maxLength": 120},
    "quantity": {"type": "integer", "minimum": 1, "maximum": 99},
    "price": {"$ref": "#/definitions/money"},
    "category": {"type": "string", "enum": ["meals", "drinks", "groceries"]},
    "position": {"type": "integer", "minimum": 1}}}
},
"type": "object", "required": ["type", "event", "messageId", "properties"],
"properties": {
  "type": {"type": "string", "enum": ["track"]},
  "event": {"type": "string", "enum": ["Order Completed"]},
  "messageId": {"type": "string", "format": "uuid"},
  "anonymousId": {"type": "string", "format": "uuid"},
  "userId": {"type": ["string", "null"], "pattern": "^user_[0-9]+$"},
  "timestamp": {"type": "string", "format": "date-time"},
  "traits": {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}},
  "context": {"type": "object", "properties": {
    "locale": {"type": "string", "pattern": "^[a-z]{2}-[A-Z]{2}$"},
    "page": {"type": "object", "properties": {"url": {"type": "string", "format": "uri"}}}}},
  "properties": {"type": "object", "additionalProperties": false,
    "required": ["orderId", "total", "currency", "products", "deliveryId"],
    "properties": {
      "orderId": {"type": "string", "pattern": "^ord_[0-9a-f]+$"},
      "total": {"$ref": "#/definitions/money"},
      "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
      "products": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"$ref": "#/definitions/product"}},
      "deliveryId": {"type": "string", "pattern": "^del_[0-9a-f]+$"},
      "subtotal": {"$ref": "#/definitions/money"},
      "deliveryFee": {"$ref": "#/definitions/money"},
      "tip": {"$ref": "#/definitions/money"},
      "couponCode": {"type": ["string", "null"], "pattern": "^[A-Z0-9]{4,12}$"},
      "paymentMethod": {"type": "string", "enum": ["card", "applePay", "googlePay", "voucher"]},
      "merchantId": {"type": "string", "pattern": "^mer_[0-9a-f]+$"},
      "merchantName": {"type": "string", "minLength": 1},
      "isFirstOrder": {"type": "boolean"},
      "promisedAt": {"type": "string", "format": "date-time"},
      "address": {"type": "object", "required": ["city", "postalCode"], "additionalProperties": false, "properties": {
        "city": {"type": "string"},
        "postalCode": {"type": "string", "pattern": "^[0-9]{5}$"},
        "country": {"type": "string", "enum": ["US", "CA"]},
        "isResidential": {"type": "boolean"}}}}}
}})json";
}

} // namespace bench
