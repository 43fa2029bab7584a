import Basics
import FileAccessTesting
import Glibc
import Logging
import Testing

@testable import DaemonCore

@Suite struct JournalSocketTests {
    /// A journal of the test's own, which keeps in its socket what it is sent.
    private final class Journal {
        private let descriptor: Int32

        init(at path: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let code = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(code == 0)
        }

        deinit { close(descriptor) }

        /// The fields of the next record, as the journal reads them; nil when none waits.
        func receive() -> [String: String]? {
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count < 0 ? nil : Self.fields(buffer.prefix(count))
        }

        /// The messages of all records that wait.
        func messages() -> [String] {
            var found: [String] = []
            while let record = receive() { found.append(record["MESSAGE"] ?? "(none)") }
            return found
        }

        private static func fields(_ octets: ArraySlice<UInt8>) -> [String: String] {
            var rest = octets
            var found: [String: String] = [:]
            func text(_ octets: ArraySlice<UInt8>) -> String { String(decoding: octets, as: UTF8.self) }
            while let end = rest.firstIndex(of: 0x0A) {
                let head = rest[..<end]
                rest = rest[(end + 1)...]
                if let equals = head.firstIndex(of: UInt8(ascii: "=")) {
                    found[text(head[..<equals])] = text(head[(equals + 1)...])
                    continue
                }
                // The value's length stands before it, the lowest octet first.
                var length = 0
                for octet in rest.prefix(8).reversed() { length = length << 8 | Int(octet) }
                rest = rest.dropFirst(8)
                found[text(head)] = text(rest.prefix(length))
                rest = rest.dropFirst(length + 1)
            }
            return found
        }
    }

    private func makeLog(_ path: String, room: Int32? = nil) throws -> LogFile {
        let socket = try JournalSocket(path: path)
        if var room {
            let length = socklen_t(MemoryLayout<Int32>.size)
            let code = setsockopt(socket.descriptor, SOL_SOCKET, SO_SNDBUF, &room, length)
            try #require(code == 0)
        }
        return LogFile(journal: socket) { WallInstant(milliseconds: 0) }
    }

    @Test func recordsArriveWholeAndAtOnce() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let journal = try Journal(at: path)
        let log = try makeLog(path)
        var logger = log.makeLogger(label: "door.telnet")
        logger[metadataKey: "session"] = "7"
        logger.warning("it said\nPRIORITY=0", metadata: ["source": "127.0.0.1", "password": "hunter2", "name": "a=b"])
        let record = journal.receive()
        #expect(
            record == [
                "MESSAGE": "it said\nPRIORITY=0", "PRIORITY": "4", "SYSLOG_IDENTIFIER": "mudd",
                "MUDD_SUBSYSTEM": "door.telnet", "MUDD_NAME": "a=b", "MUDD_PASSWORD": "(withheld)", "MUDD_SESSION": "7",
                "MUDD_SOURCE": "127.0.0.1",
            ])
        #expect(journal.receive() == nil)
        // A file's records of this level would gather.
        logger.debug("seen at once")
        #expect(journal.messages() == ["seen at once"])
    }

    @Test func aRecordTooLargeForADatagramIsCountedAsLost() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let journal = try Journal(at: path)
        // The kernel doubles the room, for what it needs itself.
        let log = try makeLog(path, room: 8192)
        let logger = log.makeLogger(label: "x")
        // As long as a value may be, and with as many octets as a scalar may have.
        let longest = String(repeating: "\u{1F511}", count: LogRecord.longestValue)
        logger.info("one value", metadata: ["value": "\(longest)"])
        #expect(journal.receive()?["MUDD_VALUE"] == longest)
        logger.info("three values", metadata: ["a": "\(longest)", "b": "\(longest)", "c": "\(longest)"])
        #expect(journal.messages() == [])
        logger.info("next")
        #expect(journal.messages() == ["1 records were lost here", "next"])
    }

    @Test func aJournalThatIsGoneIsFoundAgainWhenItIsBack() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        var journal: Journal? = try Journal(at: path)
        let log = try makeLog(path)
        let logger = log.makeLogger(label: "x")
        logger.info("one")
        #expect(journal?.messages() == ["one"])
        journal = nil
        logger.info("two")
        #expect(unlink(path) == 0)
        logger.info("three")
        let later = try Journal(at: path)
        logger.info("four")
        #expect(later.messages() == ["2 records were lost here", "four"])
        logger.info("five")
        #expect(later.messages() == ["five"])
    }

    @Test func aJournalThatReadsNothingHoldsNobodyUp() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let journal = try Journal(at: path)
        let log = try makeLog(path)
        let logger = log.makeLogger(label: "x")
        let count = 10_000
        for number in 0..<count { logger.info("\(number)") }
        let taken = journal.messages()
        #expect(!taken.isEmpty && taken.count < count && taken == (0..<taken.count).map { "\($0)" })
        logger.info("next")
        #expect(journal.messages() == ["\(count - taken.count) records were lost here", "next"])
    }

    @Test(arguments: [
        ("socket", "No such file or directory"), (String(repeating: "x", count: 200), "File name too long"),
    ])
    func aPathWithoutAJournalIsNamed(name: String, reason: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/" + name
        #expect(throws: DaemonFailure(.unavailable, "The journal cannot be reached at \(path): \(reason).")) {
            _ = try JournalSocket(path: path)
        }
    }
}
