import CharacterEncodings
import TerminalWire

extension Charset {
    /// The names that are registered with IANA of all there are, as RFC 2066 negotiates them and lists of games have them.
    static let names = allCases.map { $0 == .utf8 ? "UTF-8" : ($0.encoding ?? .ascii).name }

    /// That of a name which a client has agreed to; UTF-8 for one that is not here.
    init(named name: String) {
        let encoding = CharacterEncoding(named: name)
        self =
            Self.allCases.first { $0.encoding == encoding && encoding != nil } ?? (encoding == .ascii ? .ascii : .utf8)
    }

    /// How it is written on the wire; nil for UTF-8, of which ASCII is a part.
    var encoding: CharacterEncoding? {
        switch self {
        case .utf8, .ascii: nil
        case .latin1: .latin1
        case .gbk: .gbk
        case .big5: .big5
        case .cp437: .cp437
        }
    }
}
