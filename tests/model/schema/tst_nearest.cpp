// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/nearest.h"
#include "schema/report.h"

#include <QTest>

class TstNearest : public QObject
{
    Q_OBJECT

private slots:
    void distance_data();
    void distance();
    void nearest();
    void pairsAreMadeNearestFirst();
    void absentPropertiesComeFirst();
};

void TstNearest::distance_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<int>("expected"); // -1: not near
    const auto row = [](const char *one, const char *other, int expected) {
        QTest::addRow("%s ~ %s", one, other) << QByteArray(one) << QByteArray(other) << expected;
    };
    row("delivery_id", "deliveryId", 0);
    row("Delivery ID", "deliveryId", 0);
    row("delivery-id", "DELIVERY_ID", 0);
    row("deliveryId", "delivryId", 1);
    row("deliveryId", "deilveryId", 1); // neighbours swapped
    row("nameButton", "buttonName", 1); // words in another order
    row("quantity", "qantity", 1);
    row("id", "ip", -1);
    row("Sign Up", "Sign In", -1); // a short word is another word
    row("Step 1 Viewed", "Step 2 Viewed", -1);
    row("orderDi", "orderId", 1); // but its letters may be swapped
    row("itemIds", "itemId", 1);  // and it may be a plural
    row("Cat Viewed", "Cart Viewed", 1);
    row("orderId", "robotId", -1);
    row("quantity", "quantityOfItems", -1);
    row("total", "totals", 1);
    row("Order Completed", "Order Complete", 1);
    row("Order Completed", "order_completed", 0);
    row("Order Completed", "Cart Viewed", -1);
    row("", "a", -1);
    row("", "", -1);
    row("größe", "grösse", 2);
}

void TstNearest::distance()
{
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    QFETCH(int, expected);
    const auto forth = schema::nameDistance(one.toStdString(), other.toStdString());
    const auto back = schema::nameDistance(other.toStdString(), one.toStdString());
    QCOMPARE(forth ? int(*forth) : -1, expected);
    QVERIFY(forth == back);
}

void TstNearest::nearest()
{
    const std::vector<std::string_view> names{"orderId", "deliveryId", "delivery_ids", "robotId"};
    QCOMPARE(schema::nearestName("delivery_id", names), std::optional<std::size_t>(1));
    QCOMPARE(schema::nearestName("deliveryId", names), std::optional<std::size_t>(2)); // not itself
    QVERIFY(!schema::nearestName("campaign", names));
    const schema::NameIndex index({"Order Loaded", "Loading Order", "Robot Unlocked"});
    QCOMPARE(index.nearest("Order Loading"), std::optional<std::string>("Loading Order"));
    QCOMPARE(index.nearest("order loaded"), std::optional<std::string>("Order Loaded"));
    QVERIFY(!index.nearest("Parrot Fed"));
    const std::string hostile(100'000, 'x');
    QVERIFY(!index.nearest(hostile));
}

void TstNearest::pairsAreMadeNearestFirst()
{
    // Both missing ones are near "order_id"; it belongs to the nearer, and is given once.
    const auto pairs = schema::pairedMissing({"orderIds", "orderId"}, {"order_id", "colour"});
    QCOMPARE(pairs.size(), std::size_t{2});
    QVERIFY(pairs[0].nearestSent.empty());
    QVERIFY(pairs[1].nearestSent == "order_id");
}

void TstNearest::absentPropertiesComeFirst()
{
    const auto pairs = schema::pairedUnplanned({"delivery_id"}, {"deliveryId", "deliveryIds"},
                                               {"deliveryId", "delivery_id"});
    QVERIFY(pairs.at(0).nearestPlanned == "deliveryIds");
    const auto all = schema::pairedUnplanned({"delivery_id"}, {"deliveryId"}, {"deliveryId", "delivery_id"});
    QVERIFY(all.at(0).nearestPlanned == "deliveryId");
}

QTEST_GUILESS_MAIN(TstNearest)
#include "tst_nearest.moc"
