// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/checkloading.h"
#include "plan/document.h"

#include <mutex>

namespace engine {

/// The plans that are open, as they are here and as their files have them. What is edited stays here until it
/// is saved; what changes on the disk is taken over, or is a conflict when both changed.
///
/// open(), create(), save(), poll() and compile() read and write files and compile: they run on one thread at
/// a time, which may wait. All else is quick and for any thread.
class PlanBook
{
public:
    using DocumentPointer = std::shared_ptr<const plan::Document>;

    struct Open
    {
        DocumentPointer document;
        /// Of the document or, until compile() was called, of one before; null before the first time.
        std::shared_ptr<const plan::Plan> compiled;
        DocumentPointer compiledOf;
        bool isModified = false;       ///< differs from the file
        DocumentPointer changedOnDisk; ///< not null: the file was changed, too
    };

    PlanBook();
    ~PlanBook();

    /// In the order they were opened.
    [[nodiscard]] std::vector<Open> plans() const;
    [[nodiscard]] std::optional<Open> find(const QString &path) const;
    [[nodiscard]] QStringList paths() const;
    /// As compile() left them, for loadChecker().
    [[nodiscard]] std::vector<OpenPlan> compiled() const;

    /// These plans are open from now on and no others; those that are open already keep their edits. What
    /// can't be read is not opened: the errors say why.
    [[nodiscard]] std::vector<base::Error> open(const QStringList &paths);
    /// An empty plan, written and opened. InUse when there is something at the path.
    [[nodiscard]] base::Result<void> create(const QString &path, const QString &name);
    /// In the format it was read in. InUse while the file's own changes wait for resolve().
    [[nodiscard]] base::Result<void> save(const QString &path);

    struct Polled
    {
        bool isChanged = false;      ///< a document, or a conflict came or went
        bool isOtherChanged = false; ///< a file of watch()
        std::vector<base::Error> problems;
    };
    /// Looks for changes on the disk. What is gone or can't be read leaves what is here as it is and is told
    /// once, at the second look: the first may fall into the moment in which a program replaces the file.
    [[nodiscard]] Polled poll();
    /// Other files whose change poll() tells.
    void watch(const QStringList &others);
    /// Compiles what was edited since the last time; false when nothing was.
    bool compile();

    void edit(const QString &path, const plan::Document &document);
    enum class Keep : std::uint8_t { File, Edits };
    void resolve(const QString &path, Keep keep);

private:
    struct Entry;
    [[nodiscard]] Entry *entry(const QString &path) const;
    [[nodiscard]] static base::Result<std::unique_ptr<Entry>> read(const QString &path);
    void look(Entry &entry, Polled &polled);
    void takeFile(Entry &entry, plan::Document document, const QByteArray &digest);

    mutable std::mutex m_mutex; ///< of the entries' documents; the list changes on the waiting thread only
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::vector<std::pair<QString, QByteArray>> m_others; ///< with their stamps
};

} // namespace engine
