/// What the sending side of `scp` says.
///
/// ```text
///   T mtime 0 atime 0 LF            the times of what follows, with -p
///   C mode size name LF             a file: its octets follow the answer, and then one zero octet
///   D mode 0 name LF                a directory: what is in it follows
///   E LF                            its end
///   0x01 text LF │ 0x02 text LF     it went wrong, and goes on or not
/// ```
public enum SCPRecord: Hashable, Sendable {
    /// The times of what follows.
    case times(SFTPAttributes.Times)
    /// A file begins.
    case file(name: [UInt8], permissions: UInt32, size: UInt64)
    /// Octets of the file.
    case data([UInt8])
    /// The file is whole.
    case fileEnd
    /// A directory begins.
    case directory(name: [UInt8], permissions: UInt32)
    /// The directory ends.
    case directoryEnd
    /// The sender could not send something.
    case complaint(String, isFatal: Bool)

    /// The record's octets.
    public var octets: [UInt8] {
        switch self {
        case .times(let times): Array("T\(times.modification) 0 \(times.access) 0\n".utf8)
        case .file(let name, let permissions, let size):
            Array("C\(Self.mode(permissions)) \(size) ".utf8) + name + [0x0A]
        case .data(let data): data
        case .fileEnd: [0]
        case .directory(let name, let permissions): Array("D\(Self.mode(permissions)) 0 ".utf8) + name + [0x0A]
        case .directoryEnd: Array("E\n".utf8)
        case .complaint(let text, let isFatal): SCPAnswer.failed(text, isFatal: isFatal).octets
        }
    }

    private static func mode(_ permissions: UInt32) -> String {
        let digits = String(permissions & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Reads a line without its LF; nil when it is none of these.
    init?(line: [UInt8]) {
        guard let kind = line.first else { return nil }
        let text = line.dropFirst()
        let parts = text.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        switch kind {
        case 1, 2: self = .complaint(String(decoding: text, as: UTF8.self), isFatal: kind == 2)
        case UInt8(ascii: "E") where text.isEmpty: self = .directoryEnd
        case UInt8(ascii: "C"), UInt8(ascii: "D"):
            guard parts.count == 3, let mode = Self.number(parts[0], radix: 8), let permissions = UInt32(exactly: mode),
                permissions <= 0o7777, let size = Self.number(parts[1])
            else { return nil }
            let name = Array(parts[2])
            self =
                kind == UInt8(ascii: "C")
                ? .file(name: name, permissions: permissions, size: size)
                : .directory(name: name, permissions: permissions)
        case UInt8(ascii: "T"):
            let numbers = text.split(separator: 0x20, omittingEmptySubsequences: false).map { Self.number($0) }
            guard numbers.count == 4, let modification = numbers[0], let access = numbers[2] else { return nil }
            self = .times(
                SFTPAttributes.Times(access: UInt32(clamping: access), modification: UInt32(clamping: modification)))
        default: return nil
        }
    }

    private static func number(_ octets: ArraySlice<UInt8>, radix: Int = 10) -> UInt64? {
        guard let first = octets.first, (0x30...0x39).contains(first) else { return nil }
        return UInt64(String(decoding: octets, as: UTF8.self), radix: radix)
    }
}
