import Basics
import SFTPWire
import Testing

@Suite("SFTP listings")
struct SFTPEntryTests {
    /// 2026-11-30T13:45:00Z.
    private let now = WallInstant(milliseconds: 1_796_046_300_000)

    @Test("A line looks as ls writes it")
    func lines() {
        func line(_ name: String, _ attributes: SFTPAttributes) -> String {
            String(
                decoding: SFTPEntry(name, attributes, ownerName: "ann", groupName: "mudd").listed(now: now).longName,
                as: UTF8.self)
        }
        let hourAgo = WallInstant(milliseconds: now.milliseconds - 3_600_000)
        let lastYear = WallInstant(milliseconds: now.milliseconds - 31_536_000_000)
        let later = WallInstant(milliseconds: now.milliseconds + 3_600_000)
        #expect(
            line("a.txt", .file(size: 1204, modified: hourAgo))
                == "-rw-------    1 ann      mudd         1204 Nov 30 12:45 a.txt")
        #expect(
            line("b", .file(size: 7, modified: lastYear, isWritable: false))
                == "-r--------    1 ann      mudd            7 Nov 30  2025 b")
        #expect(line("d", .directory(modified: later)) == "drwx------    2 ann      mudd            0 Nov 30  2026 d")
        #expect(line("x", SFTPAttributes()) == "?---------    1 ann      mudd            0 Jan  1  1970 x")
    }

    @Test("The name itself is as it was given")
    func name() {
        let name = SFTPEntry("書.txt", .file(size: 0)).listed(now: now)
        #expect(name.text == "書.txt" && name.attributes.size == 0)
    }
}
