/// The command that a client of the old copying protocol runs at the other end: `scp -t path` to send, `scp -f path` to get.
///
/// OpenSSH's `scp` has used SFTP since version 9.0, and this with `-O`; small clients know nothing else.
///
/// - Source: the behaviour of `rcp` of BSD and of OpenSSH's `scp`; there is no standard.
public struct SCPCommand: Hashable, Sendable {
    /// Who sends.
    public enum Direction: Hashable, Sendable {
        /// The client sends, and files are made here.
        case toServer
        /// The client gets files that are here.
        case fromServer
    }

    /// The most octets of a command; our choice, twice the longest path with every octet escaped.
    public static let octetLimit = 8192

    /// Who sends.
    public var direction: Direction
    /// The file or directory here.
    public var path: String
    /// Directories are copied with what is in them (`-r`).
    public var isRecursive = false
    /// Times and permissions are kept (`-p`).
    public var keepsTimes = false
    /// The path is a directory, because several files come (`-d`).
    public var isDirectory = false

    /// Reads a command as a shell would split it; nil when it is not this program with one path.
    public init?(_ line: String) {
        guard line.utf8.count <= Self.octetLimit, let words = Self.words(of: line), words.first == "scp" else {
            return nil
        }
        var direction: Direction?
        var rest = words.dropFirst()
        while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
            rest.removeFirst()
            if word == "--" { break }
            for letter in word.dropFirst() {
                switch letter {
                case "t": direction = .toServer
                case "f": direction = .fromServer
                case "r": isRecursive = true
                case "p": keepsTimes = true
                case "d": isDirectory = true
                case "v", "q": continue
                default: return nil
                }
            }
        }
        guard let direction, rest.count == 1, let path = rest.first else { return nil }
        self.direction = direction
        self.path = path
    }

    /// Splits at blanks; quotes and backslashes keep what follows together.
    private static func words(of line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        func take(_ letter: Character) {
            if word == nil { word = "" }
            word?.append(letter)
        }
        for letter in line {
            if isEscaped {
                take(letter)
                isEscaped = false
            } else if letter == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if letter == open { quote = nil } else { take(letter) }
            } else if letter == "'" || letter == "\"" {
                quote = letter
                word = word ?? ""
            } else if letter == " " || letter == "\t" {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                take(letter)
            }
        }
        if quote != nil || isEscaped { return nil }
        return words + (word.map { [$0] } ?? [])
    }
}
