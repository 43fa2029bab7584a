import FileAccess

/// A trail as an administrator reads it, while the server writes it or later.
///
/// - Complexity: O(*n*) in the length of the file, with memory for one line.
package struct AuditTrail {
    /// What a look through the whole trail found.
    package struct Verdict: Hashable, Sendable {
        /// The records that are sound in themselves.
        package var records = 0
        package var head = AuditHead(sequence: 0, hash: "")
        /// What is wrong, by line; at most ``AuditTrail/mostProblems``, and then how many more there are.
        package var problems: [String] = []
        /// Octets of a last record that is not finished: it is being written, or power was lost.
        package var unfinishedOctets = 0
    }

    /// Problems that are told one by one.
    package static let mostProblems = 100

    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Looks whether all records are there as they were written.
    ///
    /// What is missing at the end nothing in the file can tell: for that `known` is a head that was noted earlier.
    ///
    /// - Throws: ``AuditFailure`` when the file cannot be read.
    package func verify(against known: AuditHead? = nil) throws(AuditFailure) -> Verdict {
        var verdict = Verdict()
        var more = 0
        var isKnownFound = known == nil || known?.sequence == 0
        func complain(_ text: String) {
            if verdict.problems.count < Self.mostProblems { verdict.problems.append(text) } else { more += 1 }
        }
        var number = 0
        // Nil after a line that is no record: what the next one should hold is not known then.
        var last: AuditHead? = verdict.head
        verdict.unfinishedOctets = try forEachLine { line in
            number += 1
            do throws(AuditRecord.Failure) {
                let record = try AuditRecord(line: line)
                verdict.records += 1
                if let last, record.previous != last.hash || record.sequence != last.sequence &+ 1 {
                    complain(
                        "line \(number): record \(record.sequence) does not follow record \(last.sequence):"
                            + " one was changed, taken out or put in between")
                }
                verdict.head = AuditHead(sequence: record.sequence, hash: record.hash)
                last = verdict.head
                if verdict.head == known { isKnownFound = true }
            } catch {
                complain("line \(number) \(error)")
                last = nil
            }
        }
        if !isKnownFound, let known {
            complain(
                "record \(known.sequence) with the hash \(known.hash) is not there: the trail was cut or written anew")
        }
        if more > 0 { verdict.problems.append("and \(more) more") }
        return verdict
    }

    /// The last `limit` records that `matches` lets through, in the order of the trail; lines that are none are left out.
    ///
    /// - Throws: ``AuditFailure`` when the file cannot be read.
    package func last(
        _ limit: Int, where matches: (AuditRecord) -> Bool
    ) throws(AuditFailure) -> [AuditRecord] {
        let limit = min(max(0, limit), Int.max / 4)
        var found: [AuditRecord] = []
        _ = try forEachLine { line in
            guard let record = try? AuditRecord(line: line), matches(record) else { return }
            found.append(record)
            if found.count >= 2 * max(1, limit) { found.removeFirst(found.count - limit) }
        }
        return Array(found.suffix(limit))
    }

    /// Calls `body` with each line, without its newline; returns the octets after the last newline.
    private func forEachLine(_ body: (ArraySlice<UInt8>) -> Void) throws(AuditFailure) -> Int {
        let file = try opened()
        var waiting: [UInt8] = []
        // Of a line that is longer than any record only the beginning is kept.
        var isTooLong = false
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count: Int
            do throws(FileFailure) {
                count = try file.read(into: &chunk)
            } catch {
                throw AuditFailure(path, "cannot be read", error)
            }
            if count == 0 { return waiting.count }
            var rest = chunk[..<count]
            while let newline = rest.firstIndex(of: 0x0A) {
                if !isTooLong { waiting += rest[..<newline] }
                body(waiting[...])
                waiting.removeAll(keepingCapacity: true)
                isTooLong = false
                rest = rest[(newline + 1)...]
            }
            if !isTooLong { waiting += rest }
            isTooLong = waiting.count > AuditRecord.longestLine
        }
    }

    private func opened() throws(AuditFailure) -> RegularFile {
        do throws(FileFailure) {
            return try RegularFile(path)
        } catch {
            throw AuditFailure(path, "cannot be opened", error)
        }
    }
}
