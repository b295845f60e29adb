// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/query.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

class FakeSubject final : public filter::Subject
{
public:
    event::EventSummary m_summary;
    event::EventState m_state;
    QString m_name, m_source, m_user;
    QByteArray m_body;
    std::vector<event::Finding> m_findings;
    QHash<QString, QString> m_deliveries;
    mutable int m_bodyReads = 0;

    const event::EventSummary &summary() const override { return m_summary; }
    event::EventState state() const override { return m_state; }
    QString name() const override { return m_name; }
    QString source() const override { return m_source; }
    QString user() const override { return m_user; }
    QByteArray body() const override
    {
        ++m_bodyReads;
        return m_body;
    }
    std::vector<event::Finding> findings() const override { return m_findings; }
    QString delivery(const QString &destination) const override { return m_deliveries.value(destination); }
};

std::int64_t us(const QDateTime &time)
{
    return time.toMSecsSinceEpoch() * 1000;
}

FakeSubject orderCompleted()
{
    FakeSubject subject;
    subject.m_summary.id = event::EventId(7);
    subject.m_summary.type = event::CallType::Track;
    subject.m_summary.session = event::SessionId(3);
    subject.m_summary.receivedUs = us(QDateTime(QDate(2026, 11, 24), QTime(10, 30, 20, 250), Qt::LocalTime));
    subject.m_name = u"Order Completed"_s;
    subject.m_source = u"Tracker UI"_s;
    subject.m_user = u"user-42"_s;
    subject.m_body = R"({"type":"track","event":"Order Completed","userId":"user-42","anonymousId":"anon-9",
        "messageId":"msg-1","channel":"browser",
        "properties":{"deliveryId":"del_123","total":25.50,"items":3,"bigId":9007199254740993,"paid":true,"coupon":null,
            "note":"Left at the DOOR, thanks","empty":"","at":"2026-11-24T08:00:00Z","tags":["Fresh","hot-food"],
            "products":[{"sku":"A-1","price":5},{"sku":"B-2","price":20.5}],"a.b":{"c":"dotted"},"deep":{"er":{"x":"y"}}},
        "traits":{"plan":"pro"},
        "context":{"library":{"name":"analytics-node","version":"3.1.0"},"app":{"name":"Coco","version":"1.2","namespace":"com.coco"},
            "os":{"name":"iOS","version":"17"},"device":{"type":"ios"},"traits":{"email":"a@b.co"},"locale":"de-DE"}})";
    subject.m_state.status = event::Status::Violation;
    subject.m_findings = {{event::RuleId::PlanRequired, event::Severity::Error, {}, {}},
                          {event::RuleId::NameCasing, event::Severity::Warning, {}, {}}};
    subject.m_state = event::stateFor(event::Status::Violation, subject.m_findings,
                                      static_cast<std::uint8_t>(event::Flag::Bookmark));
    subject.m_state.delivery = event::DeliveryState::Failed;
    subject.m_deliveries = {{u"Amplitude"_s, u"failed"_s}, {u"Data lake"_s, u"delivered"_s}};
    return subject;
}

bool matches(const QString &text, const filter::Subject &subject)
{
    const auto query = filter::parse(text);
    if (!query) {
        qWarning("%s: %s", qPrintable(text), qPrintable(query.error().message));
        return false;
    }
    return filter::matches(*query, subject);
}

} // namespace

class TstMatches : public QObject
{
    Q_OBJECT

private slots:
    void eventMatches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto yes = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << true; };
        const auto no = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << false; };

        yes("");
        yes("type:track");
        yes("type:TRACK");
        yes("type:*");
        yes("type:tr*");
        no("type:page");
        yes("-type:page");
        yes("event:\"order completed\"");
        yes("event:\"Order *\"");
        yes("event:*completed");
        yes("event:*er*comp*");
        yes("event:*");
        no("event:order");
        no("event:\"Order \\*\"");
        no("event:\"Order *x\"");
        yes("source:\"tracker ui\"");
        no("source:Tracker");
        yes("source:tracker*");
        yes("user:USER-42");
        no("user:user");
        yes("anonymous:anon-9");
        no("anonymous:anon");
        yes("message:msg-*");
        no("message:msg-2");
        yes("session:3");
        no("session:4");
        yes("session:>2");
        no("session:>3");
        yes("session:2..3");
        yes("status:violation");
        no("status:valid");
        yes("status:v*");
        yes("has:violation");
        yes("has:lint");
        no("has:pii");
        yes("has:bookmark");
        no("has:note");
        no("has:protocol");
        yes("has:delivery-error");
        yes("rule:plan/required");
        yes("rule:required");
        yes("rule:PLAN/*");
        yes("rule:*casing");
        no("rule:plan/type");
        yes("library:analytics-node");
        yes("library:\"analytics-node 3.*\"");
        no("library:analytics.js");
        yes("app:coco");
        yes("app:com.coco");
        yes("app:\"Coco 1.2\"");
        yes("platform:ios");
        yes("platform:browser");
        no("platform:android");
        no("platform:web");

        // Words: beginnings of words in names, ids and values.
        yes("order");
        yes("ORDER comp");
        no("rder");
        yes("*rder");
        yes("\"Order Completed\"");
        no("\"Order Comp\"");
        yes("\"Order Comp*\"");
        yes("del_123");
        yes("del_12");
        no("\"del_12\"");
        no("el_123");
        yes("door");
        yes("\"at the door, thanks\"");
        yes("left*thanks");
        no("thanks*left");
        yes("hot-food");
        yes("food");
        yes("25.5");
        yes("true");
        yes("dotted");
        yes("pro");
        yes("anon-9");
        yes("msg-1");
        no("analytics-node"); // context is asked for by its fields
        no("deliveryId");     // keys are no values
        no("missing");
        yes("-missing order");
        yes("missing OR order");
        no("missing OR nothing");
        yes("*");

        // Properties.
        yes("prop.deliveryId:del_123");
        yes("prop.deliveryId:DEL_123");
        no("prop.deliveryId:del_12");
        yes("prop.deliveryId:del_*");
        yes("prop.deliveryId:*");
        no("prop.deliveryID:*");
        no("prop.absent:*");
        yes("-prop.absent:*");
        yes("prop.total:25.5");
        yes("prop.total:25.50");
        yes("prop.total:2.55e1");
        no("prop.total:25");
        yes("prop.total:>25");
        no("prop.total:>25.5");
        yes("prop.total:>=25.5");
        yes("prop.total:<100");
        no("prop.total:<=25.49");
        yes("prop.total:20..30");
        no("prop.total:26..30");
        no("prop.total:>abc");
        yes("prop.items:>2");
        yes("prop.items:3.0");
        no("prop.items:>10");
        yes("prop.bigId:9007199254740993");
        no("prop.bigId:9007199254740992");
        yes("prop.paid:true");
        no("prop.paid:false");
        yes("prop.coupon:null");
        yes("prop.coupon:*");
        no("prop.coupon:nothing");
        yes("prop.note:*door*");
        no("prop.note:door");
        no("prop.empty:x");
        yes("prop.empty:*");
        yes("prop.note:>k");
        no("prop.note:>m");
        no("prop.note:>5"); // a text is no number
        yes("prop.at:>2026-11-23");
        no("prop.at:>2026-11-24T09:00Z");
        yes("prop.at:<2026-11-24T09:00Z");
        yes("prop.at:2026-11-24T08:00Z");
        yes("prop.at:2026-11-20..2026-11-25");
        yes("prop.tags:fresh");
        yes("prop.tags.0:fresh");
        no("prop.tags.1:fresh");
        no("prop.tags.9:fresh");
        yes("prop.products.0.sku:A-1");
        no("prop.products.1.sku:A-1");
        yes("prop.products.sku:B-2");
        yes("prop.products.$.sku:B-2");
        yes("prop.products.*.price:>20");
        no("prop.products.price:>21");
        yes("prop.a.b.c:dotted");
        yes("prop.a\\.b.c:dotted");
        yes("prop.deep.er.x:y");
        no("prop.deep.er:y");
        yes("prop.deep:*");
        yes("trait.plan:pro");
        yes("trait.email:a@b.co");
        no("trait.plan:free");
        yes("ctx.os.name:ios");
        yes("ctx.locale:de-*");
        no("ctx.deliveryId:*");
        yes("delivery.Amplitude:failed");
        no("delivery.Amplitude:delivered");
        yes("delivery.\"Data lake\":delivered");
        yes("delivery.Redshift:none");
        no("delivery.Amplitude:none");
        yes("delivery.Amplitude:*");
        no("delivery.Redshift:*d");

        // Times: a date is its day, 10:30 its minute.
        yes("time:2026-11-24");
        no("time:2026-11-23");
        yes("time:2026-11-24T10:30");
        no("time:2026-11-24T10:31");
        yes("time:2026-11-24T10:30:20");
        no("time:2026-11-24T10:30:21");
        yes("time:2026-11-24T10:30:20.250");
        no("time:2026-11-24T10:30:20.251");
        yes("time:\"2026-11-24 10:30\"");
        yes("time:>2026-11-24T10:30");
        no("time:>2026-11-24");
        yes("time:>=2026-11-24");
        yes("time:>2026-11-23");
        yes("time:<=2026-11-24");
        no("time:<2026-11-24");
        yes("time:<2026-11-24T10:31");
        yes("time:2026-11-24T10:30..2026-11-24T10:31");
        yes("time:2026-11-23..2026-11-24");
        no("time:2026-11-22..2026-11-23");

        yes("type:track event:\"Order *\" has:violation prop.deliveryId:del_123 time:>2026-11-24T10:30");
        yes("(type:page OR type:track) -status:valid");
        no("-(type:page OR type:track)");
    }
    void eventMatches()
    {
        QFETCH(QString, text);
        QTEST(matches(text, orderCompleted()), "expected");
    }

    void zones()
    {
        FakeSubject subject = orderCompleted();
        subject.m_summary.receivedUs = us(QDateTime(QDate(2026, 11, 24), QTime(10, 30), Qt::UTC));
        QVERIFY(matches(u"time:2026-11-24T10:30Z"_s, subject));
        QVERIFY(matches(u"time:2026-11-24T12:30+02:00"_s, subject));
        QVERIFY(matches(u"time:2026-11-24T05:30-0500"_s, subject));
        QVERIFY(!matches(u"time:2026-11-24T10:30+02:00"_s, subject));
    }

    void clockTimesAreToday()
    {
        FakeSubject subject = orderCompleted();
        const QDateTime noon(QDate::currentDate(), QTime(12, 0), Qt::LocalTime);
        subject.m_summary.receivedUs = us(noon) + 1;
        QVERIFY(matches(u"time:>12:00"_s, subject));
        QVERIFY(matches(u"time:12:00"_s, subject));
        QVERIFY(!matches(u"time:>12:01"_s, subject));
        subject.m_summary.receivedUs = us(noon.addDays(-1)) + 1;
        QVERIFY(!matches(u"time:12:00"_s, subject));
    }

    void rejectedRequest()
    {
        FakeSubject subject;
        subject.m_state.status = event::Status::Rejected;
        subject.m_name = u"not-json"_s;
        subject.m_body = R"({"properties":{"x":"hello"},"messageId":"m"})";
        QVERIFY(matches(u"status:rejected"_s, subject));
        QVERIFY(matches(u"-type:*"_s, subject));
        QVERIFY(matches(u"event:not-json"_s, subject));
        QVERIFY(matches(u"json"_s, subject));
        QVERIFY(!matches(u"prop.x:hello"_s, subject));
        QVERIFY(!matches(u"message:m"_s, subject));
        QVERIFY(!matches(u"hello"_s, subject));
    }

    void nothingThereMatchesNothing()
    {
        FakeSubject subject;
        subject.m_summary.type = event::CallType::Identify;
        subject.m_body = "not json at all";
        for (const QString &field :
             {u"event"_s, u"source"_s, u"user"_s, u"anonymous"_s, u"message"_s, u"rule"_s, u"library"_s,
              u"app"_s, u"platform"_s, u"prop.x"_s, u"trait.x"_s, u"ctx.x"_s}) {
            QVERIFY2(!matches(field + u":*"_s, subject), qPrintable(field));
            QVERIFY2(matches(u'-' + field + u":*"_s, subject), qPrintable(field));
        }
    }

    void bodyIsReadOnceAndOnlyWhenAsked()
    {
        const FakeSubject subject = orderCompleted();
        QVERIFY(matches(u"type:track status:violation source:tracker* time:>2026-01-01"_s, subject));
        QCOMPARE(subject.m_bodyReads, 0);
        QVERIFY(!matches(u"type:page prop.deliveryId:del_123"_s, subject));
        QCOMPARE(subject.m_bodyReads, 0);
        QVERIFY(matches(u"prop.deliveryId:del_123 ctx.locale:* food anonymous:*"_s, subject));
        QCOMPARE(subject.m_bodyReads, 1);
    }

    void matcherIsReusable()
    {
        filter::Matcher matcher(*filter::parse(u"prop.deliveryId:del_123"_s));
        FakeSubject subject = orderCompleted();
        QVERIFY(matcher.matches(subject));
        subject.m_body = R"({"properties":{"deliveryId":"other"}})";
        QVERIFY(!matcher.matches(subject));
        QVERIFY(matcher.matches(orderCompleted()));
        QCOMPARE(matcher.query().text, u"prop.deliveryId:del_123"_s);
    }

    void deepBody()
    {
        FakeSubject subject = orderCompleted();
        subject.m_body =
            R"({"properties":)" + QByteArray(5000, '[') + "\"needle\"" + QByteArray(5000, ']') + '}';
        QVERIFY(matches(u"needle"_s, subject));
    }

    void summaryOnly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *text, bool expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << expected;
        };
        row("", true);
        row("type:track event:x source:y user:z status:valid session:1 time:10:30 has:lint", true);
        row("-(type:track OR status:valid)", true);
        row("*", true);
        row("word", false);
        row("type:track word", false);
        row("rule:plan/type", false);
        row("prop.x:1", false);
        row("-ctx.x:1", false);
        row("delivery.A:failed", false);
        row("anonymous:a", false);
        row("library:x", false);
    }
    void summaryOnly()
    {
        QFETCH(QString, text);
        QTEST(filter::isSummaryOnly(*filter::parse(text)), "expected");
    }
};

QTEST_GUILESS_MAIN(TstMatches)
#include "tst_matches.moc"
