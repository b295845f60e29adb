// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planbook.h"

#include "app/engine/planfile.h"
#include "tests/cli/plantest.h"
#include "json/parser.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using engine::PlanBook;
using plantest::bytesOf;
using plantest::document;
using plantest::names;
using plantest::rule;
using plantest::write;
using plantest::writeBytes;

/// Open plans over real files.
class TstPlanBook : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void opensAndKeepsEdits();
    void tellsWhatCantBeOpened();
    void samePlaceIsOpenedOnce();
    void undoneEditIsNoEdit();
    void savedBytesAreStable();
    void savesWhatWasEditedMeanwhile();
    void reloadsWhatChanged_data();
    void reloadsWhatChanged();
    void ownWritesAreNoChange();
    void touchedFileIsNoChange();
    void bothChanged_data();
    void bothChanged();
    void saveFindsTheConflictItself();
    void conflictTakenBack();
    void sameChangeOnBothSidesIsNoConflict();
    void undoneEditTakesTheFiles();
    void vanishedIsToldOnce();
    void halfWrittenIsToldOnce();
    void unreadableChangeIsNotWrittenOverUnseen();
    void otherFilesAreWatched();
    void createsPlans();
    void checkerFollowsTheDocument();
    void sourcesUseTheOpenPlan();
    void fingerprintSurvivesTheSave();

private:
    [[nodiscard]] QString path(const QString &name = u"shop.plan.json"_s) const
    {
        return m_folder->filePath(name);
    }
    [[nodiscard]] PlanBook::Open open(const QString &name = u"shop.plan.json"_s) const
    {
        const auto found = m_book->find(path(name));
        return found ? *found : PlanBook::Open{};
    }
    void edit(const QStringList &events)
    {
        plan::Document edited = *open().document;
        edited.rules.clear();
        for (const QString &event : events) {
            edited.rules.push_back(rule(event));
        }
        m_book->edit(path(), edited);
    }
    /// What is on the disk becomes another plan with these events.
    void changeFile(const QStringList &events) const { write(document(u"Shop"_s, events), path()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PlanBook> m_book;
};

namespace {

event::Status statusOf(const check::Checker &checker, const QString &name, const QByteArray &properties,
                       const QString &source = u"Shop"_s)
{
    json::Parser parser;
    const QByteArray body =
        R"({"type":"track","event":")" + name.toUtf8() + R"(","properties":)" + properties + '}';
    const auto parsed = parser.parse(body);
    return checker
        .check({event::CallType::Track, name, source, (*parsed)->root(),
                static_cast<std::uint32_t>(body.size()), 0})
        .status;
}

std::shared_ptr<const check::Checker> checkerOf(PlanBook &book,
                                                const std::vector<intake::SourceConfig> &sources = {})
{
    book.compile();
    auto checker = engine::loadChecker(book.paths(), {}, sources, book.compiled());
    if (!checker) {
        qFatal("%s", qUtf8Printable(checker.error().oneLine()));
    }
    return *checker;
}

} // namespace

void TstPlanBook::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    changeFile({u"Order Loaded"_s, u"Order Paid"_s});
    m_book = std::make_unique<PlanBook>();
    QVERIFY(m_book->open({path()}).empty());
}

void TstPlanBook::opensAndKeepsEdits()
{
    QCOMPARE(names(*open().document), QStringList({u"Order Loaded"_s, u"Order Paid"_s}));
    QVERIFY(!open().isModified);
    QCOMPARE(open().document->path, path());
    edit({u"Order Loaded"_s});
    QVERIFY(open().isModified);

    write(document(u"Other"_s, {u"Seen"_s}), path(u"other.json"_s));
    QVERIFY(m_book->open({path(u"other.json"_s), path()}).empty());
    QCOMPARE(m_book->paths(), QStringList({path(u"other.json"_s), path()}));
    QVERIFY(open().isModified);
    QCOMPARE(names(*open().document), QStringList{u"Order Loaded"_s});

    // Closed, the edits are gone.
    QVERIFY(m_book->open({path(u"other.json"_s)}).empty());
    QVERIFY(!m_book->find(path()));
    QVERIFY(m_book->open({path()}).empty());
    QCOMPARE(open().document->rules.size(), 2U);
}

void TstPlanBook::tellsWhatCantBeOpened()
{
    writeBytes("no plan", path(u"broken.json"_s));
    const auto problems = m_book->open({path(), path(u"none.json"_s), path(u"broken.json"_s)});
    QCOMPARE(problems.size(), 2U);
    QVERIFY2(problems.front().oneLine().contains(u"none.json"_s), qPrintable(problems.front().oneLine()));
    QCOMPARE(m_book->paths(), QStringList{path()});
}

void TstPlanBook::samePlaceIsOpenedOnce()
{
    const QString other = m_folder->filePath(u"./shop.plan.json"_s);
    QVERIFY(QFile::link(path(), path(u"link.json"_s)));
    QVERIFY(m_book->open({path(), other, path(u"link.json"_s)}).empty());
    QCOMPARE(m_book->paths(), QStringList{path()});
    QVERIFY(m_book->find(path(u"link.json"_s)));
}

void TstPlanBook::undoneEditIsNoEdit()
{
    const auto before = open().document;
    edit({u"Order Loaded"_s});
    QVERIFY(open().isModified);
    m_book->edit(path(), *before);
    QVERIFY(!open().isModified);
    // The same text in other objects, as after a redo of everything.
    edit({u"Order Loaded"_s, u"Order Paid"_s});
    QVERIFY(!open().isModified);
}

void TstPlanBook::savedBytesAreStable()
{
    const QByteArray before = bytesOf(path());
    edit({u"Order Loaded"_s, u"Order Paid"_s, u"Order Sent"_s});
    const auto saved = m_book->save(path());
    QVERIFY2(saved.has_value(), saved ? "" : qPrintable(saved.error().oneLine()));
    QVERIFY(!open().isModified);
    QVERIFY(bytesOf(path()).contains("Order Sent"));
    edit({u"Order Loaded"_s, u"Order Paid"_s});
    QVERIFY(m_book->save(path()));
    QCOMPARE(bytesOf(path()), before);
}

void TstPlanBook::savesWhatWasEditedMeanwhile()
{
    QVERIFY(!m_book->save(path(u"closed.json"_s)));
    edit({u"Order Loaded"_s});
    QDir(m_folder->path()).mkdir(u"folder"_s);
    QVERIFY(m_book->save(path()));
    edit({u"Order Loaded"_s, u"Order Back"_s});
    QVERIFY(open().isModified);
    QVERIFY(!bytesOf(path()).contains("Order Back"));
}

void TstPlanBook::reloadsWhatChanged_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("written in place") << false;
    QTest::newRow("replaced by rename") << true;
}

void TstPlanBook::reloadsWhatChanged()
{
    QFETCH(bool, isReplaced);
    const auto kept = open().document->rules.front();
    if (isReplaced) {
        write(document(u"Shop"_s, {u"Order Loaded"_s, u"Order Sent"_s}), path(u"new"_s));
        QVERIFY(QFile::remove(path()));
        QVERIFY(QFile::rename(path(u"new"_s), path()));
    } else {
        write(document(u"Shop"_s, {u"Order Loaded"_s, u"Order Sent"_s}), path(u"new"_s));
        writeBytes(bytesOf(path(u"new"_s)), path());
    }
    const auto polled = m_book->poll();
    QVERIFY(polled.isChanged);
    QVERIFY(polled.problems.empty());
    QCOMPARE(names(*open().document), QStringList({u"Order Loaded"_s, u"Order Sent"_s}));
    QVERIFY(!open().isModified);
    QVERIFY(open().changedOnDisk == nullptr);
    // What reads as before is the same rule.
    QCOMPARE(open().document->rules.front(), kept);
    QVERIFY(!m_book->poll().isChanged);
}

void TstPlanBook::ownWritesAreNoChange()
{
    edit({u"Order Loaded"_s});
    QVERIFY(m_book->save(path()));
    const auto document = open().document;
    QVERIFY(!m_book->poll().isChanged);
    QVERIFY(!m_book->poll().isChanged);
    QCOMPARE(open().document, document);
    // And edits after it are no conflict with it.
    edit({u"Order Paid"_s});
    QVERIFY(!m_book->poll().isChanged);
    QVERIFY(open().changedOnDisk == nullptr);
}

void TstPlanBook::touchedFileIsNoChange()
{
    edit({u"Order Loaded"_s});
    writeBytes(bytesOf(path()), path());
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(1), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(!m_book->poll().isChanged);
    QVERIFY(open().changedOnDisk == nullptr);
}

void TstPlanBook::bothChanged_data()
{
    QTest::addColumn<bool>("isFileKept");
    QTest::addColumn<QStringList>("events");
    QTest::newRow("the file's") << true << QStringList{u"Order Sent"_s};
    QTest::newRow("the edits") << false << QStringList{u"Order Loaded"_s};
}

void TstPlanBook::bothChanged()
{
    QFETCH(bool, isFileKept);
    QFETCH(QStringList, events);
    edit({u"Order Loaded"_s});
    changeFile({u"Order Sent"_s});
    QVERIFY(m_book->poll().isChanged);
    QVERIFY(open().isModified);
    QCOMPARE(names(*open().document), QStringList{u"Order Loaded"_s});
    QVERIFY(open().changedOnDisk != nullptr);
    QCOMPARE(names(*open().changedOnDisk), QStringList{u"Order Sent"_s});
    // Not written over before somebody chose.
    const auto refused = m_book->save(path());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::InUse);
    QVERIFY(bytesOf(path()).contains("Order Sent"));

    m_book->resolve(path(), isFileKept ? PlanBook::Keep::File : PlanBook::Keep::Edits);
    QVERIFY(open().changedOnDisk == nullptr);
    QCOMPARE(open().isModified, !isFileKept);
    QCOMPARE(names(*open().document), events);
    QVERIFY(!m_book->poll().isChanged);
    const auto saved = m_book->save(path());
    QVERIFY2(saved.has_value(), saved ? "" : qPrintable(saved.error().oneLine()));
    QVERIFY(bytesOf(path()).contains(events.front().toUtf8()));
}

void TstPlanBook::saveFindsTheConflictItself()
{
    edit({u"Order Loaded"_s});
    changeFile({u"Order Sent"_s});
    const auto refused = m_book->save(path());
    QVERIFY(!refused);
    QVERIFY(open().changedOnDisk != nullptr);
    QVERIFY(bytesOf(path()).contains("Order Sent"));
}

void TstPlanBook::conflictTakenBack()
{
    const QByteArray before = bytesOf(path());
    edit({u"Order Loaded"_s});
    changeFile({u"Order Sent"_s});
    QVERIFY(m_book->poll().isChanged);
    QVERIFY(open().changedOnDisk != nullptr);
    writeBytes(before, path());
    QVERIFY(m_book->poll().isChanged);
    QVERIFY(open().changedOnDisk == nullptr);
    QVERIFY(open().isModified);
    QVERIFY(m_book->save(path()));
}

void TstPlanBook::sameChangeOnBothSidesIsNoConflict()
{
    edit({u"Order Sent"_s});
    changeFile({u"Order Sent"_s});
    QVERIFY(m_book->poll().isChanged);
    QVERIFY(!open().isModified);
    QVERIFY(open().changedOnDisk == nullptr);
}

void TstPlanBook::undoneEditTakesTheFiles()
{
    const auto before = open().document;
    edit({u"Order Loaded"_s});
    changeFile({u"Order Sent"_s});
    QVERIFY(m_book->poll().isChanged);
    m_book->edit(path(), *before);
    QVERIFY(!open().isModified);
    QCOMPARE(names(*open().document), QStringList{u"Order Sent"_s});
}

void TstPlanBook::vanishedIsToldOnce()
{
    const QByteArray bytes = bytesOf(path());
    QVERIFY(QFile::remove(path()));
    QVERIFY(m_book->poll().problems.empty()); // a rename may be under way
    const auto told = m_book->poll();
    QCOMPARE(told.problems.size(), 1U);
    QVERIFY(told.problems.front().what.contains(u"shop.plan.json"_s));
    QVERIFY(m_book->poll().problems.empty());
    QCOMPARE(open().document->rules.size(), 2U);
    QVERIFY(!open().isModified);

    writeBytes(bytes, path());
    QVERIFY(!m_book->poll().isChanged);
    // Gone once more, it is told once more; saving writes it again.
    QVERIFY(QFile::remove(path()));
    QVERIFY(m_book->poll().problems.empty());
    QCOMPARE(m_book->poll().problems.size(), 1U);
    QVERIFY(m_book->save(path()));
    QCOMPARE(bytesOf(path()), bytes);
}

void TstPlanBook::halfWrittenIsToldOnce()
{
    const QByteArray bytes = bytesOf(path());
    writeBytes(bytes.first(bytes.size() / 2), path());
    const auto first = m_book->poll();
    QVERIFY(first.problems.empty() && !first.isChanged);
    const auto told = m_book->poll();
    QCOMPARE(told.problems.size(), 1U);
    QVERIFY(m_book->poll().problems.empty());
    QCOMPARE(open().document->rules.size(), 2U);

    changeFile({u"Order Sent"_s});
    QVERIFY(m_book->poll().isChanged);
    QCOMPARE(names(*open().document), QStringList{u"Order Sent"_s});
}

void TstPlanBook::unreadableChangeIsNotWrittenOverUnseen()
{
    edit({u"Order Loaded"_s});
    writeBytes("<<<<<<< HEAD", path());
    const auto refused = m_book->save(path());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::InUse);
    QCOMPARE(bytesOf(path()), QByteArray("<<<<<<< HEAD"));
    QVERIFY(m_book->save(path()));
    QVERIFY(bytesOf(path()).contains("Order Loaded"));
}

void TstPlanBook::otherFilesAreWatched()
{
    const QString other = path(u"source.json"_s);
    write(document(u"Source"_s, {u"Seen"_s}), other);
    m_book->watch({other, path()});
    QVERIFY(!m_book->poll().isOtherChanged);
    write(document(u"Source"_s, {u"Seen Again"_s}), other);
    const auto polled = m_book->poll();
    QVERIFY(polled.isOtherChanged);
    QVERIFY(!polled.isChanged);
    QVERIFY(!m_book->poll().isOtherChanged);
}

void TstPlanBook::createsPlans()
{
    const auto refused = m_book->create(path(), u"Shop"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::InUse);
    const auto created = m_book->create(path(u"fresh.json"_s), u"Fresh"_s);
    QVERIFY2(created.has_value(), created ? "" : qPrintable(created.error().oneLine()));
    QCOMPARE(m_book->paths(), QStringList({path(), path(u"fresh.json"_s)}));
    QVERIFY(!open(u"fresh.json"_s).isModified);
    // It is a plan to who reads it next.
    const auto read = plan::readDocument(path(u"fresh.json"_s));
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().oneLine()));
    QCOMPARE(read->name, u"Fresh"_s);
    QVERIFY(!m_book->poll().isChanged);
}

void TstPlanBook::checkerFollowsTheDocument()
{
    const auto before = checkerOf(*m_book);
    QCOMPARE(statusOf(*before, u"Order Loaded"_s, R"({"order_id":"o-1"})"), event::Status::Valid);
    QCOMPARE(statusOf(*before, u"Order Sent"_s, R"({"order_id":"o-1"})"), event::Status::Unplanned);
    edit({u"Order Sent"_s});
    QVERIFY(m_book->compile());
    QVERIFY(!m_book->compile());
    const auto after = checkerOf(*m_book);
    QCOMPARE(statusOf(*after, u"Order Loaded"_s, R"({"order_id":"o-1"})"), event::Status::Unplanned);
    QCOMPARE(statusOf(*after, u"Order Sent"_s, R"({"order_id":"o-1"})"), event::Status::Valid);
    QVERIFY(before->fingerprint() != after->fingerprint());
    // Nothing of it is on the disk.
    QVERIFY(!bytesOf(path()).contains("Order Sent"));
}

void TstPlanBook::sourcesUseTheOpenPlan()
{
    intake::SourceConfig source;
    source.id = u"app"_s;
    source.name = u"App"_s;
    source.plans = {m_folder->filePath(u"./shop.plan.json"_s)};
    edit({u"Order Sent"_s});
    const auto checker = checkerOf(*m_book, {source});
    QCOMPARE(statusOf(*checker, u"Order Sent"_s, R"({"order_id":"o-1"})", u"App"_s), event::Status::Valid);
}

void TstPlanBook::fingerprintSurvivesTheSave()
{
    edit({u"Order Sent"_s});
    const QByteArray edited = checkerOf(*m_book)->fingerprint();
    QVERIFY(m_book->save(path()));
    QCOMPARE(checkerOf(*m_book)->fingerprint(), edited);
    // As the next start reads it: nothing has to be checked again.
    const auto fresh = engine::loadChecker({path()}, {});
    QVERIFY(fresh.has_value());
    QCOMPARE((*fresh)->fingerprint(), edited);
    write(document(u"Shop"_s, {u"Order Gone"_s}), path());
    QVERIFY((*engine::loadChecker({path()}, {}))->fingerprint() != edited);
}

QTEST_GUILESS_MAIN(TstPlanBook)
#include "tst_planbook.moc"
