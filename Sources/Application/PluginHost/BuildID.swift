import Basics
import FileAccess

/// What tells one build of a program from another: the note that the linker puts into it (`ld --build-id`).
///
/// It survives stripping, and differs as soon as anything of the program does.
///
/// - Source: System V ABI, "Note Section"; elf(5), `NT_GNU_BUILD_ID`.
package enum BuildID {
    /// The identity of this process's program as hexadecimal digits; nil when it was linked without.
    package static let own: String? = read(ofFile: "/proc/self/exe")

    /// The longest note that is looked at, in octets.
    private static let longestNote = 4096
    private static let noteSegment: UInt32 = 4
    private static let identityNote: UInt32 = 3

    /// The identity in a 64-bit ELF file; nil when there is none, or the file is none.
    package static func read(ofFile path: String) -> String? {
        guard let file = try? RegularFile(path) else { return nil }
        guard let header = file.octets(at: 0, count: 64), header[0...3] == [0x7F, 0x45, 0x4C, 0x46],
            header[4] == 2, let table = number(header, at: 32, octets: 8), let size = number(header, at: 54, octets: 2),
            let count = number(header, at: 56, octets: 2), size >= 56
        else { return nil }
        for index in 0..<Int(count) {
            let (distance, overflow) = table.addingReportingOverflow(UInt64(index) * size)
            guard !overflow, let segment = octets(file, at: distance, count: 56) else { return nil }
            guard number(segment, at: 0, octets: 4) == UInt64(noteSegment),
                let place = number(segment, at: 8, octets: 8), let length = number(segment, at: 32, octets: 8),
                length <= longestNote, let notes = octets(file, at: place, count: Int(length))
            else { continue }
            if let found = identity(in: notes) { return found }
        }
        return nil
    }

    /// Looks through notes: sizes of name and content, type, name, content, each filled up to four octets.
    static func identity(in notes: [UInt8]) -> String? {
        var rest = notes[...]
        while rest.count >= 12 {
            let head = Array(rest.prefix(12))
            guard let nameSize = number(head, at: 0, octets: 4).map(Int.init),
                let size = number(head, at: 4, octets: 4).map(Int.init), let type = number(head, at: 8, octets: 4),
                nameSize <= longestNote, size <= longestNote
            else { return nil }
            let (nameRoom, room) = ((nameSize + 3) & ~3, (size + 3) & ~3)
            guard rest.count >= 12 + nameRoom + size else { return nil }
            let name = rest.dropFirst(12).prefix(nameSize)
            let content = rest.dropFirst(12 + nameRoom).prefix(size)
            if type == UInt64(identityNote), Array(name) == Array("GNU\0".utf8), size > 0 {
                return content.hexadecimal
            }
            rest = rest.dropFirst(12 + nameRoom + room)
        }
        return nil
    }

    /// A number with its lowest octet first.
    private static func number(_ octets: [UInt8], at place: Int, octets count: Int) -> UInt64? {
        guard place + count <= octets.count else { return nil }
        return (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(octets[place + $1]) }
    }

    private static func octets(_ file: borrowing RegularFile, at place: UInt64, count: Int) -> [UInt8]? {
        guard let offset = Int64(exactly: place) else { return nil }
        return file.octets(at: offset, count: count)
    }
}
