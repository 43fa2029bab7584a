import Basics
import GatewayCore
import TerminalWire
import WorldModel

/// A client that shows single messages, as one of a chat protocol does.
final class ConversationDoor: SessionDoor {
    let name = "chat"
    let source = "127.0.0.1"
    var bufferedByteCount = 0
    /// Whether it leaves it to the session to show what it is told.
    var declines = false
    private(set) var messages: [DoorMessage] = []
    private(set) var facts: [ClientFact] = []
    private(set) var sent = ""
    private(set) var isClosed = false
    weak var session: Session?

    var isConversational: Bool { true }

    func appendMessage(_ message: borrowing DoorMessage, to bytes: inout [UInt8]) -> Bool {
        if declines { return false }
        messages.append(copy message)
        let words = message.utterance.map { "\($0.speaker.name)|\($0.words.plain)" } ?? message.text.plain
        bytes += Array("\(message.isReplay ? "again " : "")\(words)\n".utf8)
        return true
    }

    func appendFact(_ fact: ClientFact, to bytes: inout [UInt8]) {
        facts.append(fact)
        bytes += Array("fact\n".utf8)
    }

    func send(_ bytes: borrowing [UInt8]) { sent += String(decoding: copy bytes, as: UTF8.self) }
    func appendPromptMark(to bytes: inout [UInt8]) { bytes += Array("PROMPT".utf8) }
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) { bytes += Array("ECHO".utf8) }
    func pauseInput() {}
    func resumeInput() {}
    func close() { isClosed = true }
    func abort() { isClosed = true }

    /// What was sent since the last call, in lines.
    func takeSent() -> [String] {
        defer { sent = "" }
        return sent.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// What was told in facts since the last call.
    func takeFacts() -> [ClientFact] {
        defer { facts = [] }
        return facts
    }
}

extension GameStage {
    /// Somebody who has a character comes in by a door that shows single messages.
    func converse(_ name: String) throws -> ConversationDoor {
        let door = ConversationDoor()
        guard let persona = world.player(named: name) else { throw StageFailure.refused }
        door.session = game.makeSession(
            door: door, profile: TerminalProfile(), entry: GameEntry(.character(persona.id), name: name))
        settle()
        guard door.session != nil else { throw StageFailure.refused }
        return door
    }
}
