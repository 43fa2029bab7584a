/// A way to write characters as octets that old clients have instead of UTF-8.
///
/// Only those of one or two octets that keep ASCII are in the list: a line can be found in them, and what is shown to be
/// safe stays so.
public struct CharacterEncoding: Hashable, Sendable, CustomStringConvertible {
    /// The name that is registered with IANA, as RFC 2066 negotiates it.
    public let name: String
    /// The name by which iconv(3) knows it.
    let systemName: String
    /// Further names that clients and players use.
    let aliases: [String]

    private init(_ name: String, _ aliases: [String], system systemName: String? = nil) {
        self.name = name
        self.systemName = systemName ?? name
        self.aliases = aliases
    }

    /// ``name``.
    public var description: String { name }

    /// Nothing but ASCII.
    public static let ascii = CharacterEncoding("US-ASCII", ["ascii", "ansi_x3.4-1968"])
    /// Western Europe, an octet for each of the first 256 of Unicode.
    public static let latin1 = CharacterEncoding("ISO-8859-1", ["latin1", "l1", "8859-1"])
    /// The characters of the IBM PC, with lines and boxes.
    public static let cp437 = CharacterEncoding("IBM437", ["cp437", "437", "dos"], system: "CP437")
    /// Chinese, simplified.
    public static let gbk = CharacterEncoding("GBK", ["gb2312", "cp936", "936", "windows-936", "euc-cn"])
    /// Chinese, traditional.
    public static let big5 = CharacterEncoding("Big5", ["cp950", "950", "big5-eten", "windows-950"], system: "BIG5")

    /// All there are.
    public static let all: [CharacterEncoding] = [
        ascii,
        latin1,
        CharacterEncoding("ISO-8859-2", ["latin2"]),
        CharacterEncoding("ISO-8859-15", ["latin9", "latin0"]),
        CharacterEncoding("windows-1250", ["cp1250"], system: "CP1250"),
        CharacterEncoding("windows-1251", ["cp1251"], system: "CP1251"),
        CharacterEncoding("windows-1252", ["cp1252", "ansi"], system: "CP1252"),
        cp437,
        CharacterEncoding("IBM850", ["cp850", "850"], system: "CP850"),
        CharacterEncoding("IBM866", ["cp866", "866"], system: "CP866"),
        CharacterEncoding("KOI8-R", ["koi8"]),
        CharacterEncoding("KOI8-U", []),
        gbk,
        big5,
        CharacterEncoding("Windows-31J", ["cp932", "shift-jis", "sjis", "ms-kanji"], system: "CP932"),
        CharacterEncoding("EUC-KR", ["cp949", "uhc", "ks_c_5601-1987"], system: "CP949"),
    ]

    /// The encoding of a name; case, hyphens, underscores and spaces do not matter.
    ///
    /// Nil for what is not in the list.
    public init?(named name: String) {
        guard name.utf8.count <= Self.longestName, let known = Self.byKey[Self.key(name)] else { return nil }
        self = known
    }

    /// Octets of a name that is looked for.
    private static let longestName = 40

    private static let byKey: [String: CharacterEncoding] = {
        var table: [String: CharacterEncoding] = [:]
        for encoding in all {
            for name in [encoding.name, encoding.systemName] + encoding.aliases { table[key(name)] = encoding }
        }
        return table
    }()

    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    }
}
