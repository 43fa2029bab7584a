package import TerminalWire

/// One connection as a session sees it: whatever protocol it speaks.
///
/// A door turns its protocol's events into calls on its ``Session`` and a session's bytes into its protocol.
package protocol SessionDoor: AnyObject {
    /// The door's name in tables: `telnet`.
    var name: String { get }
    /// Where the peer comes from, for budgets: an address without port.
    var source: String { get }
    /// Octets handed over that the peer has not taken yet.
    var bufferedByteCount: Int { get }
    /// Octets handed over that the peer is not known to have, those under way counted; still valid when the connection is lost.
    var untakenByteCount: Int { get }

    /// Sends text that may be seen.
    func send(_ bytes: borrowing [UInt8])
    /// Whether somebody may look at it between two commands; a script that reads the answers wants no prompts among them.
    var showsPrompts: Bool { get }
    /// Appends what tells the client that a prompt ends here.
    func appendPromptMark(to bytes: inout [UInt8])
    /// Appends what asks the client to show no longer, or again, what is typed.
    func appendEcho(hidden: Bool, to bytes: inout [UInt8])
    /// What those are told who list games and ask in a line, each line without its end; none when the door is for people alone.
    var listing: [String] { get }
    /// The SHA-256 of the certificate that the client has shown, in small hexadecimal digits; nil when it showed none.
    var certificateFingerprint: String? { get }
    /// Whether nobody between the peer and here can read along, so that a program may send a password by itself.
    var isConfidential: Bool { get }
    /// Whether it shows single messages in its own way and knows no screen: then there is no greeting, no prompt, no page and no
    /// editing of lines, all that is told comes by ``appendMessage(_:to:)``, and who comes in is known beforehand.
    var isConversational: Bool { get }
    /// Appends a message as the client reads it.
    ///
    /// - Returns: Whether the door has written it, or wants it not shown; if not, its text is rendered for the ``Session/profile``.
    func appendMessage(_ message: borrowing DoorMessage, to bytes: inout [UInt8]) -> Bool
    /// Appends a fact as the client's program reads it; nothing, if it does not.
    func appendFact(_ fact: ClientFact, to bytes: inout [UInt8])
    /// Writes and reads another character set from here on; what is sent stays UTF-8.
    func use(_ charset: Charset)
    /// Says whether what is sent may be compressed, where the client can read that.
    func setCompression(_ isWanted: Bool)
    /// Says whether commands are to be clicked, where the client can do that; the profile tells whether it can.
    func setLinks(_ isWanted: Bool)
    /// Whether keys come as they are pressed from the beginning, and lines are edited here unless the player wants it otherwise.
    var sendsKeys: Bool { get }
    /// Whether the client is a terminal that shows what arrives and knows nothing of games, as `telnet` is.
    var isPlainTerminal: Bool { get }
    /// Appends what asks the client to send each key; ``Session/characterModeChanged(enabled:)`` tells when it does.
    ///
    /// It goes with the text, behind what has the client show again what is typed: in the other order that would take it back.
    func appendCharacterModeRequest(to bytes: inout [UInt8])
    /// Has the client send whole lines again, at once; ``Session/characterModeChanged(enabled:)`` follows.
    func endCharacterMode()
    /// The connection, when somebody came in by it before there was a session.
    var knock: Knock? { get }
    func pauseInput()
    func resumeInput()
    /// Closes after what was sent has gone out.
    func close()
    /// Closes now.
    func abort()
}

extension SessionDoor {
    /// What has not been taken from here: nothing is known of what is under way.
    package var untakenByteCount: Int { bufferedByteCount }
    /// The machine itself keeps what goes round in it.
    package var isConfidential: Bool { Game.isLoopback(source) }
    package var sendsKeys: Bool { false }
    package var isPlainTerminal: Bool { false }
    package var showsPrompts: Bool { true }
    /// A client that only sends lines.
    package func appendCharacterModeRequest(to bytes: inout [UInt8]) {}
    /// Nothing: whole lines come anyway.
    package func endCharacterMode() {}
    package var listing: [String] { [] }
    package var certificateFingerprint: String? { nil }
    /// None: who comes in is asked by the session.
    package var knock: Knock? { nil }
    package var isConversational: Bool { false }
    /// A screen, which shows the text.
    package func appendMessage(_ message: borrowing DoorMessage, to bytes: inout [UInt8]) -> Bool { false }
    /// A client that takes text alone.
    package func appendFact(_ fact: ClientFact, to bytes: inout [UInt8]) {}
    /// Nothing: what is sent is what the client gets.
    package func use(_ charset: Charset) {}
    /// Nothing: nothing is compressed.
    package func setCompression(_ isWanted: Bool) {}
    /// Nothing: the door has no links.
    package func setLinks(_ isWanted: Bool) {}
}
