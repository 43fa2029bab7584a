import Basics
import ChatPeers
import GatewayCore
import IRCWire
import MarkupWire
import TerminalWire
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// The game's end of one client of IRC: what the player is told becomes lines, and what has changed becomes news of channels.
///
/// Everything but what belongs to no turn goes through the queue of the ``Session``: answers by the connection's gate, what others
/// do by ``appendMessage(_:to:)`` and ``appendFact(_:to:)``.
///
/// - Isolation: belongs to the reactor's thread.
final class IRCDoor: SessionDoor {
    /// What the door is called in tables.
    static let title = "irc"

    /// A channel of the game as the client was told of it last.
    struct OpenChannel {
        var name: String
        var topic: String
        var modes: ChannelModes
    }

    /// Where the answers to commands go.
    enum Stage {
        /// To the query with ``IRCMap/game``.
        case query
        /// To ``IRCMap/here``.
        case here
    }

    /// How is told what is being done.
    struct Manner {
        /// Whether the client has shown already what its player is saying.
        var isSpeaking = false
        /// Whether nothing is said about what cannot be done.
        var isQuiet = false
        /// Whether what the answer refers to is told in another way.
        var isHushed = false
        /// Why the player leaves a channel.
        var farewell: IRCParameter?
    }

    let name = IRCDoor.title
    let source: String
    unowned let house: GameHouse
    let connection: IRCServerConnection
    let visit: IRCVisit
    private(set) var session: Session?

    /// Of the game, by number.
    var channels: [ThingID: OpenChannel] = [:]
    /// Whether ``IRCMap/here`` is open.
    var isHereOpen = false
    /// Who is there as the client was told, by number.
    var company: [UInt64: PersonFacts] = [:]
    var place: PlaceFacts?
    /// Whom it watches (`MONITOR`), folded.
    var watched: Set<String> = []
    /// Where the command came from that was typed last.
    var stage = Stage.query
    /// How what is being done is told; see ``telling(_:_:)``.
    private(set) var manner = Manner()
    /// The character whose nick the client has.
    var shownCharacter = ThingID(0)
    /// Whom the player is about to go on as.
    var next: Thing?
    /// Channels that were open already when the player went on as another character, and that are not told of again yet.
    var carriedOver: Set<ThingID> = []

    /// The answer to what is being done; nil while nothing is.
    private(set) var answer: IRCResponse?
    /// What was told meanwhile.
    private var gathered: [IRCLine] = []
    /// What was told before the client was greeted; nil afterwards.
    private var early: [DoorMessage]? = []

    init(_ connection: IRCServerConnection, _ visit: IRCVisit, of house: GameHouse) {
        self.connection = connection
        self.visit = visit
        self.house = house
        source = connection.peer.host
    }

    var game: Game { house.game }
    /// Where it comes from, for the audit trail.
    var origin: String { "\(name) \(source)" }
    var persona: Thing? { session?.persona }
    /// Whether the next line where the game answered last belongs to a text that is being written, or to a dialogue, as a password.
    var takesLines: Bool { session?.isInDialogue == true || persona?[.isEditing] == true }
    /// The number of the character, for comparing; no thing has 0.
    var ownNumber: ThingID { persona?.id ?? ThingID(0) }

    // MARK: Beginning and end

    /// Brings somebody into play.
    ///
    /// - Returns: Why not, in a sentence; nil when they are in.
    func begin(_ entry: GameEntry) -> String? {
        visit.knock.sessionBegan()
        session = game.makeSession(door: self, profile: TerminalProfile(), entry: entry)
        guard let session, session.persona != nil else {
            visit.knock.sessionEnded()
            let told = early?.map { $0.text.plain }.joined(separator: " ") ?? ""
            self.session?.connectionLost()
            self.session = nil
            return told.isEmpty ? "The game is full at present. Please try again in a few minutes." : told
        }
        session.clientNamed("IRC")
        shownCharacter = ownNumber
        connection.gate = { [weak session] octets in session?.tellApart { $0 += octets } }
        return nil
    }

    /// The client has been greeted: what was told meanwhile goes out, and from here on as it comes.
    func greeted() {
        let messages = early ?? []
        early = nil
        session?.subscribe(to: [.presence, .channels, .name])
        session?.tellFactsNow()
        for message in messages { for line in lines(of: message) { connection.send(line) } }
    }

    func ended(_ ending: IRCEnding) {
        guard let session else { return }
        let isGoodbye = if case .quit = ending { true } else { false }
        // A guest is nobody whom others could ignore, or hold to their words.
        if let persona = session.persona, !persona[.isGuest] || !isGoodbye {
            game.notePartingWords(ending.words, of: persona)
        }
        self.session = nil
        connection.gate = nil
        // Whoever says goodbye goes out of play; a body whose connection broke waits.
        if isGoodbye { session.leave() } else { session.connectionLost() }
        visit.knock.sessionEnded()
    }

    // MARK: Answers

    /// Does something whose answer the client awaits.
    func answer(by response: IRCResponse, _ body: () -> Void) {
        answer = response
        body()
        flush()
        answer = nil
        response.end()
    }

    /// Does something that is told in another manner than usual.
    func telling<Result>(_ change: (inout Manner) -> Void, _ body: () throws -> Result) rethrows -> Result {
        let former = manner
        change(&manner)
        defer { manner = former }
        return try body()
    }

    /// Does something of which the player may be told; that stands in the answer behind what was said before.
    func gather<Result>(_ body: () throws -> Result) rethrows -> Result {
        defer { flush() }
        return try body()
    }

    private func flush() {
        let lines = gathered
        gathered = []
        for line in lines { send(line) }
    }

    func send(_ line: IRCLine) {
        if let answer { answer.send(line) } else { connection.send(line) }
    }

    func reply(_ reply: IRCReply) {
        if manner.isQuiet, reply.isFailure { return }
        if let answer { answer.reply(reply) } else { connection.reply(reply) }
    }

    func reply(_ replies: [IRCReply]) {
        for reply in replies { self.reply(reply) }
    }

    /// Tells of something that somebody did.
    func tell(_ event: IRCEvent, from source: IRCSource) {
        send(IRCLine(event, from: source, tags: house.tags()))
    }

    func wants(_ capability: IRCCapability) -> Bool { connection.capabilities.contains(capability) }

    // MARK: From the session

    var bufferedByteCount: Int { connection.bufferedByteCount }
    var untakenByteCount: Int { connection.untakenByteCount }
    var isConversational: Bool { true }
    var showsPrompts: Bool { false }
    var certificateFingerprint: String? { connection.security?.certificateFingerprint }
    var isConfidential: Bool { connection.security != nil || Game.isLoopback(source) }
    var knock: Knock? { visit.knock }

    func send(_ bytes: borrowing [UInt8]) { connection.transmit(copy bytes) }
    func appendPromptMark(to bytes: inout [UInt8]) {}
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {}
    func pauseInput() { connection.holdInput() }
    func resumeInput() { connection.releaseInput() }
    func close() { connection.close(game.isShuttingDown ? "The server stops" : "Goodbye") }
    func abort() { connection.abort() }

    func appendMessage(_ message: borrowing DoorMessage, to bytes: inout [UInt8]) -> Bool {
        if early != nil {
            early?.append(copy message)
            return true
        }
        append(linesOfCharacter() + lines(of: message), to: &bytes)
        return true
    }

    func appendFact(_ fact: ClientFact, to bytes: inout [UInt8]) {
        append(linesOfCharacter() + lines(of: fact), to: &bytes)
    }

    private func append(_ lines: [IRCLine], to bytes: inout [UInt8]) {
        for line in lines {
            if answer == nil { connection.encode(line, into: &bytes) } else { gathered.append(line) }
        }
    }
}
