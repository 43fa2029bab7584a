import ChatPeers

/// Lines that were made once for all who are told the same.
final class IRCLines {
    let lines: [IRCLine]

    init(_ lines: [IRCLine]) {
        self.lines = lines
    }
}
