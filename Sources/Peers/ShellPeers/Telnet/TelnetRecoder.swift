import CharacterEncodings
import TelnetWire

/// Turns text in UTF-8 with telnet's commands in it into another character set, and the peer's text back.
///
/// ```text
///   text                              recoded; an octet 255 that comes of it is doubled
///   IAC WILL|WONT|DO|DONT option      as it is
///   IAC SB … IAC SE                   as it is
///   IAC command                       as it is
/// ```
///
/// UTF-8 never holds the octet 255, so that each one in the text begins a command.
struct TelnetRecoder {
    let encoding: CharacterEncoding
    private let table: CharacterTable
    private var encoder: CharacterEncoder
    private var decoder: CharacterDecoder

    /// Nil when this system does not have the encoding.
    init?(_ encoding: CharacterEncoding, spelling: @escaping (Character) -> String) {
        guard let table = CharacterTable.load(encoding) else { return nil }
        self.encoding = encoding
        self.table = table
        encoder = CharacterEncoder(table, spelling: spelling)
        decoder = CharacterDecoder(table)
    }

    /// The UTF-8 of text that is whole, such as a line.
    func decodeWhole(_ octets: [UInt8]) -> [UInt8] { CharacterDecoder.text(of: octets, in: table) }

    /// The UTF-8 of text that goes on.
    mutating func decode(_ octets: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        decoder.decode(octets, into: &text)
        return text
    }

    /// What the peer is sent for text.
    mutating func encode(_ text: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        var rest = text[...]
        while !rest.isEmpty {
            let piece = rest.prefix { $0 != Self.mark }
            rest = rest.dropFirst(piece.count)
            appendText(piece, to: &octets)
            let command = rest.prefix(Self.lengthOfCommand(at: rest))
            octets += command
            rest = rest.dropFirst(command.count)
        }
        return octets
    }

    private static let mark = TelnetCommand.interpretAsCommand.rawValue

    private mutating func appendText(_ text: ArraySlice<UInt8>, to octets: inout [UInt8]) {
        var recoded: [UInt8] = []
        encoder.encode(text, into: &recoded)
        for octet in recoded {
            octets.append(octet)
            if octet == Self.mark { octets.append(octet) }
        }
    }

    /// Octets of the command at the beginning; 0 where there is none.
    private static func lengthOfCommand(at octets: ArraySlice<UInt8>) -> Int {
        guard octets.first == mark, let command = octets.dropFirst().first else { return octets.count }
        switch TelnetCommand(rawValue: command) {
        case .will, .wont, .doIt, .dont: return 3
        case .subnegotiation:
            var index = octets.startIndex + 3
            while index + 1 < octets.endIndex {
                if octets[index] != mark {
                    index += 1
                } else if octets[index + 1] == TelnetCommand.endSubnegotiation.rawValue {
                    return index + 2 - octets.startIndex
                } else {
                    index += 2
                }
            }
            return octets.count
        default: return 2
        }
    }
}
