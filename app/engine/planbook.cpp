// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planbook.h"

#include "app/engine/planfile.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

constexpr QByteArrayView gone("gone");

bool isSameRule(const plan::RulePointer &one, const plan::RulePointer &other)
{
    return one == other || *one == *other;
}

/// All that a file could hold of them; rules that were not touched are the same object.
bool isSame(const plan::Document &one, const plan::Document &other)
{
    return one.name == other.name && one.description == other.description && one.sources == other.sources &&
           one.format == other.format && std::ranges::equal(one.rules, other.rules, isSameRule) &&
           one.shared == other.shared && one.extra == other.extra;
}

/// Rules that read as before stay the same object: nothing is compiled or shown anew for them.
plan::Document adopted(plan::Document fresh, const plan::Document &before)
{
    using Key = std::tuple<event::CallType, QString, int>;
    const auto keyOf = [](const plan::RuleSource &rule) { return Key(rule.type, rule.name, rule.version); };
    std::map<Key, plan::RulePointer> known;
    for (const plan::RulePointer &rule : before.rules) {
        known.emplace(keyOf(*rule), rule);
    }
    for (plan::RulePointer &rule : fresh.rules) {
        if (const auto old = known.find(keyOf(*rule)); old != known.end() && *old->second == *rule) {
            rule = old->second;
        }
    }
    return fresh;
}

/// What a plan's verdicts hang on: the bytes its file would have. What the format leaves out, beside them.
QByteArray digestOf(const plan::Document &document)
{
    QByteArray bytes;
    const auto files = plan::written(document, document.format);
    if (files) {
        for (const plan::WrittenFile &file : *files) {
            bytes += file.name.toUtf8() + file.bytes;
        }
    }
    if (!files || !plan::lossesOf(document, document.format).empty()) {
        for (const plan::RulePointer &rule : document.rules) {
            bytes += plan::titleOf(*rule).toUtf8() + rule->sources.join(u',').toUtf8() +
                     QByteArray::fromStdString(
                         rule->schema.dump(-1, ' ', false, plan::Json::error_handler_t::replace));
        }
    }
    return planDigestOf(bytes);
}

plan::Format formatFor(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"yaml"_s || suffix == u"yml"_s) {
        return plan::Format::RudderStack;
    }
    return suffix == u"csv"_s ? plan::Format::SegmentCsv : plan::Format::SegmentApi;
}

base::Failure notOpen(const QString &path)
{
    return base::failure(base::ErrorCode::NotFound, u"%1 is not open."_s.arg(path), u"It was closed."_s,
                         u"Open the plan again."_s);
}

} // namespace

struct PlanBook::Entry
{
    QString path;
    QString place;

    // Guarded by m_mutex.
    DocumentPointer document;
    DocumentPointer inFile; ///< as it was read or written last
    DocumentPointer changedOnDisk;
    bool isModified = false;
    std::shared_ptr<const plan::Plan> compiled;
    DocumentPointer compiledOf;
    QByteArray compiledDigest;
    QByteArray digest;     ///< of the file, conflict or not
    QByteArray baseDigest; ///< of `inFile`

    // Of the thread that waits.
    QByteArray stamp;    ///< of the file when it was last looked at
    QByteArray doubtful; ///< stamp of a file that could not be read; or that it is gone
    bool isDoubtTold = false;
    plan::Compiler compiler; ///< knows the rules that stayed

    [[nodiscard]] Open asOpen() const { return {document, compiled, compiledOf, isModified, changedOnDisk}; }

    void set(DocumentPointer next)
    {
        document = std::move(next);
        isModified = document != inFile && !isSame(*document, *inFile);
        if (!isModified && changedOnDisk != nullptr) {
            // Nothing is left here that stood against the file's change.
            takeChanged();
            document = inFile;
        }
    }

    void takeChanged()
    {
        inFile = std::exchange(changedOnDisk, nullptr);
        baseDigest = digest;
    }
};

PlanBook::PlanBook() = default;
PlanBook::~PlanBook() = default;

PlanBook::Entry *PlanBook::entry(const QString &path) const
{
    const auto byPath =
        std::ranges::find_if(m_entries, [&path](const auto &one) { return one->path == path; });
    if (byPath != m_entries.end()) {
        return byPath->get();
    }
    const QString place = planPlace(path);
    const auto byPlace =
        std::ranges::find_if(m_entries, [&place](const auto &one) { return one->place == place; });
    return byPlace == m_entries.end() ? nullptr : byPlace->get();
}

std::vector<PlanBook::Open> PlanBook::plans() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Open> open;
    for (const auto &one : m_entries) {
        open.push_back(one->asOpen());
    }
    return open;
}

std::optional<PlanBook::Open> PlanBook::find(const QString &path) const
{
    const std::lock_guard lock(m_mutex);
    const Entry *one = entry(path);
    return one == nullptr ? std::nullopt : std::optional(one->asOpen());
}

QStringList PlanBook::paths() const
{
    const std::lock_guard lock(m_mutex);
    QStringList paths;
    for (const auto &one : m_entries) {
        paths += one->path;
    }
    return paths;
}

std::vector<OpenPlan> PlanBook::compiled() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<OpenPlan> plans;
    for (const auto &one : m_entries) {
        if (one->compiled != nullptr) {
            plans.push_back({one->path, one->compiled, one->compiledDigest});
        }
    }
    return plans;
}

base::Result<std::unique_ptr<PlanBook::Entry>> PlanBook::read(const QString &path)
{
    auto made = std::make_unique<Entry>();
    made->path = path;
    made->place = planPlace(path);
    made->stamp = settledPlanStamp(path, planStamp(path));
    made->digest = made->baseDigest = planDigest(path);
    auto document = plan::readDocument(path);
    if (!document) {
        return base::Failure(document.error());
    }
    document->path = path;
    made->inFile = made->document = std::make_shared<const plan::Document>(std::move(*document));
    return made;
}

std::vector<base::Error> PlanBook::open(const QStringList &paths)
{
    std::vector<base::Error> problems;
    std::vector<std::unique_ptr<Entry>> fresh;
    std::vector<Entry *> order;
    for (const QString &path : paths) {
        const QString place = planPlace(path);
        Entry *known = entry(path);
        for (const auto &one : fresh) {
            known = one->place == place ? one.get() : known;
        }
        if (known == nullptr) {
            auto read = PlanBook::read(path);
            if (!read) {
                problems.push_back(read.error());
                continue;
            }
            fresh.push_back(std::move(*read));
            known = fresh.back().get();
        }
        if (std::ranges::find(order, known) == order.end()) {
            order.push_back(known);
        }
    }
    const std::lock_guard lock(m_mutex);
    std::ranges::move(fresh, std::back_inserter(m_entries));
    std::vector<std::unique_ptr<Entry>> kept;
    for (Entry *one : order) {
        kept.push_back(std::move(*std::ranges::find_if(
            m_entries, [one](const std::unique_ptr<Entry> &each) { return each.get() == one; })));
    }
    m_entries = std::move(kept);
    return problems;
}

base::Result<void> PlanBook::create(const QString &path, const QString &name)
{
    if (QFileInfo::exists(path)) {
        return base::failure(base::ErrorCode::InUse, u"The plan was not made."_s,
                             u"%1 is there already."_s.arg(path), u"Choose another name, or open it."_s);
    }
    plan::Document document;
    document.name = name;
    document.path = path;
    document.format = formatFor(path);
    if (auto written = plan::writeDocument(document, document.format, path); !written) {
        return written;
    }
    auto made = std::make_unique<Entry>();
    made->path = path;
    made->place = planPlace(path);
    made->stamp = settledPlanStamp(path, planStamp(path));
    made->digest = made->baseDigest = planDigest(path);
    made->inFile = made->document = std::make_shared<const plan::Document>(std::move(document));
    const std::lock_guard lock(m_mutex);
    m_entries.push_back(std::move(made));
    return {};
}

base::Result<void> PlanBook::save(const QString &path)
{
    Entry *one = entry(path);
    if (one == nullptr) {
        return notOpen(path);
    }
    // What came to the file since the last look is not written over unseen.
    Polled polled;
    look(*one, polled);
    if (!one->doubtful.isEmpty() && one->doubtful != gone && !std::exchange(one->isDoubtTold, true)) {
        return base::failure(base::ErrorCode::InUse,
                             u"%1 was not saved."_s.arg(QFileInfo(one->path).fileName()),
                             u"The file was changed by someone else and can't be read as a plan now."_s,
                             u"Look into the file; save again to write over it."_s);
    }
    DocumentPointer document;
    {
        const std::lock_guard lock(m_mutex);
        if (one->changedOnDisk != nullptr) {
            return base::failure(base::ErrorCode::InUse,
                                 u"%1 was not saved."_s.arg(QFileInfo(one->path).fileName()),
                                 u"The file was changed by someone else while you edited here."_s,
                                 u"Look at the difference and choose which to keep, then save."_s);
        }
        document = one->document;
    }
    const auto files = plan::written(*document, document->format);
    if (!files) {
        return base::Failure(files.error());
    }
    if (auto written = plan::writeDocument(*document, document->format, one->path); !written) {
        return written;
    }
    QByteArray digest = files->size() == 1 && files->front().name.isEmpty()
                            ? planDigestOf(files->front().bytes)
                            : planDigest(one->path);
    one->stamp.clear(); // the next look sees whether the file still holds what we wrote
    one->doubtful.clear();
    const std::lock_guard lock(m_mutex);
    one->place = planPlace(one->path);
    one->digest = one->baseDigest = std::move(digest);
    one->inFile = document;
    one->set(one->document);
    return {};
}

void PlanBook::takeFile(Entry &entry, plan::Document document, const QByteArray &digest)
{
    DocumentPointer before;
    {
        const std::lock_guard lock(m_mutex);
        before = entry.document;
    }
    document.path = entry.path;
    auto fresh = std::make_shared<const plan::Document>(adopted(std::move(document), *before));
    // Others made the same edit: what we would write is there.
    const bool isWhatWeHave = isSame(*fresh, *before) || digestOf(*before) == digest;
    const std::lock_guard lock(m_mutex);
    entry.digest = digest;
    if (!entry.isModified || (isWhatWeHave && entry.document == before)) {
        entry.changedOnDisk = nullptr;
        entry.inFile = fresh;
        entry.baseDigest = digest;
        entry.set(std::move(fresh));
    } else {
        entry.changedOnDisk = std::move(fresh);
    }
}

void PlanBook::look(Entry &entry, Polled &polled)
{
    const auto doubt = [&entry](QByteArrayView what) {
        const bool isSecondLook = entry.doubtful == what;
        if (!isSecondLook) {
            entry.doubtful = what.toByteArray();
            entry.isDoubtTold = false;
        }
        return isSecondLook && !std::exchange(entry.isDoubtTold, true);
    };
    const QString name = QFileInfo(entry.path).fileName();
    const QByteArray stamp = planStamp(entry.path);
    if (stamp.isEmpty()) {
        if (doubt(gone)) {
            polled.problems.push_back({base::ErrorCode::NotFound, u"%1 is gone."_s.arg(name),
                                       u"%1 was moved or deleted. Events are checked against the plan as it "
                                       u"was read."_s.arg(entry.path),
                                       u"Put the file back, or save the plan to write it again."_s});
        }
        entry.stamp.clear();
        return;
    }
    if (stamp == entry.stamp) {
        entry.doubtful.clear();
        return;
    }
    const QByteArray digest = planDigest(entry.path);
    {
        const std::lock_guard lock(m_mutex);
        const bool isKnown = !digest.isEmpty() && (digest == entry.digest || digest == entry.baseDigest);
        if (isKnown) {
            if (digest != entry.digest) {
                // Someone else's change was taken back.
                entry.changedOnDisk = nullptr;
                entry.digest = digest;
                polled.isChanged = true;
            }
            entry.stamp = settledPlanStamp(entry.path, stamp);
            entry.doubtful.clear();
            return;
        }
    }
    auto document = plan::readDocument(entry.path);
    if (planStamp(entry.path) != stamp) {
        return; // it is being written: the next look has all of it
    }
    if (!document) {
        if (doubt(stamp)) {
            base::Error error = document.error();
            error.why += (error.why.isEmpty() ? u""_s : u" "_s) +
                         u"The file was changed; events are checked against the plan as it was before."_s;
            polled.problems.push_back(std::move(error));
            entry.stamp = stamp; // until it changes once more
        }
        return;
    }
    entry.stamp = settledPlanStamp(entry.path, stamp);
    entry.doubtful.clear();
    takeFile(entry, std::move(*document), digest);
    polled.isChanged = true;
}

PlanBook::Polled PlanBook::poll()
{
    Polled polled;
    for (const auto &one : m_entries) {
        look(*one, polled);
    }
    for (auto &[path, stamp] : m_others) {
        QByteArray now = planStamp(path);
        if (now != stamp && !now.isEmpty()) {
            polled.isOtherChanged = true;
            stamp = std::move(now);
        }
    }
    return polled;
}

void PlanBook::watch(const QStringList &others)
{
    std::vector<std::pair<QString, QByteArray>> watched;
    for (const QString &path : others) {
        if (entry(path) != nullptr) {
            continue;
        }
        const auto known = std::ranges::find(m_others, path, &std::pair<QString, QByteArray>::first);
        watched.emplace_back(path, known == m_others.end() ? planStamp(path) : known->second);
    }
    m_others = std::move(watched);
}

bool PlanBook::compile()
{
    bool isChanged = false;
    for (const auto &one : m_entries) {
        DocumentPointer document;
        QByteArray digest;
        {
            const std::lock_guard lock(m_mutex);
            if (one->document == one->compiledOf) {
                continue;
            }
            document = one->document;
            digest = one->isModified ? QByteArray() : one->baseDigest;
        }
        auto compiled = one->compiler.compile(*document);
        if (digest.isEmpty()) {
            digest = digestOf(*document);
        }
        isChanged = true;
        const std::lock_guard lock(m_mutex);
        one->compiled = std::move(compiled);
        one->compiledOf = std::move(document);
        one->compiledDigest = std::move(digest);
    }
    return isChanged;
}

void PlanBook::edit(const QString &path, const plan::Document &document)
{
    const std::lock_guard lock(m_mutex);
    if (Entry *one = entry(path)) {
        auto edited = std::make_shared<plan::Document>(document);
        edited->path = one->path;
        edited->format = one->inFile->format;
        one->set(std::move(edited));
    }
}

void PlanBook::resolve(const QString &path, Keep keep)
{
    const std::lock_guard lock(m_mutex);
    Entry *one = entry(path);
    if (one == nullptr || one->changedOnDisk == nullptr) {
        return;
    }
    one->takeChanged();
    one->set(keep == Keep::File ? one->inFile : one->document);
}

} // namespace engine
