import Basics
import SFTPWire
import Testing

@Suite("SFTP drafts")
struct SFTPDraftTests {
    @Test("Pieces land where they belong, in any order")
    func outOfOrder() throws {
        var random = SeededGenerator(seed: 3)
        let whole = (0..<5000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let starts = stride(from: 0, to: whole.count, by: 321).shuffled(using: &random)
        var draft = SFTPDraft(limit: 5000)
        for start in starts { try draft.write(whole[start..<min(start + 321, whole.count)], at: UInt64(start)) }
        #expect(draft.octets == whole)
    }

    @Test("A gap is filled with zeros, and what is written over is replaced")
    func gaps() throws {
        var draft = SFTPDraft([1, 2, 3], limit: 10)
        try draft.write([9], at: 5)
        #expect(draft.octets == [1, 2, 3, 0, 0, 9])
        try draft.write([7, 7, 7], at: 4)
        #expect(draft.octets == [1, 2, 3, 0, 7, 7, 7])
        try draft.append([8])
        try draft.resize(to: 2)
        #expect(draft.octets == [1, 2])
        try draft.resize(to: 4)
        #expect(draft.octets == [1, 2, 0, 0])
    }

    @Test("Nothing is written behind the limit", arguments: [8, 10, 11, 1 << 20, 1 << 62, UInt64.max] as [UInt64])
    func limit(offset: UInt64) throws {
        var draft = SFTPDraft([1], limit: 10)
        #expect(throws: SFTPStatus.self) { try draft.write([1, 2, 3], at: offset) }
        #expect(throws: SFTPStatus.self) { try draft.resize(to: max(11, offset)) }
        #expect(draft.octets == [1])
        try draft.write([1, 2, 3], at: 7)
        #expect(draft.octets.count == 10)
    }

    @Test("A file that is too large already can be read and cut, and not be enlarged")
    func tooLarge() throws {
        var draft = SFTPDraft(Array(repeating: 1, count: 20), limit: 10)
        #expect(throws: SFTPStatus.self) { try draft.append([1]) }
        #expect(draft.read(at: 15, count: 100).count == 5)
        try draft.resize(to: 12)
        #expect(draft.octets.count == 12)
    }

    @Test("What is said above the limit can be chosen")
    func refusal() {
        let full = SFTPStatus(.failure, "满了", language: "zh")
        var draft = SFTPDraft(limit: 1, refusal: full)
        #expect(throws: full) { try draft.append([1, 2]) }
        #expect(throws: full) { try draft.resize(to: 2) }
        var plain = SFTPDraft(limit: 1)
        #expect(throws: SFTPStatus.failure("the file may have at most 1 octets")) { try plain.append([1, 2]) }
    }

    @Test("Reading stops at the end")
    func reading() {
        let draft = SFTPDraft([1, 2, 3], limit: 3)
        #expect(draft.read(at: 0, count: .max) == [1, 2, 3])
        #expect(draft.read(at: 2, count: 1) == [3])
        #expect(draft.read(at: 3, count: 1).isEmpty && draft.read(at: .max, count: 1).isEmpty)
        #expect(draft.read(at: 0, count: 0).isEmpty && draft.read(at: 0, count: -1).isEmpty)
    }
}
