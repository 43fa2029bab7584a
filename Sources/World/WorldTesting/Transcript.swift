import Basics
import WorldLanguage
package import WorldModel
package import WorldVerbs

/// A play in text: what is typed, and exactly what everybody reads of it.
///
/// ```text
///   # A comment.
///   > Ada: get lamp
///   Ada: You take the brass lamp.
///   Ben: Ada takes the brass lamp.
///   (Ben is away)
///   > Ada: quit
///   Ada: Goodbye, Ada. Come back soon.
///   Ada: [quit]
/// ```
///
/// Each line of what somebody reads is a line that begins with their name; lines of different people may stand in any
/// order. Directions in parentheses change the stage: `(NAME is away)`, `(NAME is back)`, `(NAME is quiet for 5
/// minutes)`, `(NAME waits 5 minutes)`, `(NAME is a guest)` or another role, `(NAME stands in the ROOM)`,
/// `(NAME carries a borrowed THING)`, `(NAME carries a lit THING)`, `(the disk is full)`, `(the disk has room)`,
/// `(the ROOM has a notice board)`.
package struct Transcript {
    private enum Step {
        case input(player: String, line: String, expected: [String])
        case direction(String)
    }

    private var steps: [Step] = []

    package init(_ text: String) {
        for source in text.split(separator: "\n") {
            let line = String(source).trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("("), line.hasSuffix(")") {
                steps.append(.direction(String(line.dropFirst().dropLast())))
            } else if line.hasPrefix("> ") {
                let (player, typed) = Self.divided(String(line.dropFirst(2)))
                steps.append(.input(player: player, line: typed, expected: []))
            } else if case .input(let player, let typed, let expected)? = steps.last {
                steps[steps.count - 1] = .input(player: player, line: typed, expected: expected + [line])
            } else {
                steps.append(.direction(line))
            }
        }
    }

    private static func divided(_ line: String) -> (player: String, text: String) {
        guard let colon = line.firstIndex(of: ":") else { return (line, "") }
        return (String(line[..<colon]), String(line[line.index(after: colon)...]).trimmed)
    }

    /// The first words of everything that is typed.
    package var typedWords: Set<String> {
        var words: Set<String> = []
        for case .input(_, let line, _) in steps {
            if let first = line.split(separator: " ").first { words.insert(String(first).folded) }
        }
        return words
    }

    /// Plays it and compares.
    ///
    /// - Returns: A readable difference for each line that was answered otherwise, then the rules that were broken.
    package func play(on stage: Stage) -> [String] {
        var differences: [String] = []
        for step in steps {
            switch step {
            case .direction(let text):
                if !stage.direct(text) { differences.append("unknown direction (\(text))") }
            case .input(let name, let line, let expected):
                guard let player = stage.player(named: name) else {
                    differences.append("there is no player \(name)")
                    continue
                }
                let read = stage.reading(of: stage.play(line, by: player), by: player)
                if Self.byReader(read) != Self.byReader(expected) {
                    differences.append(Self.difference("> \(name): \(line)", expected, read))
                }
            }
        }
        return differences + stage.failures
    }

    /// Plays it without comparing, line by line.
    package func rehearse(on stage: Stage, _ each: (_ line: String, _ player: Thing, _ outcome: Outcome) -> Void) {
        for step in steps {
            switch step {
            case .direction(let text): _ = stage.direct(text)
            case .input(let name, let line, _):
                guard let player = stage.player(named: name) else { continue }
                each(line, player, stage.play(line, by: player))
            }
        }
    }

    /// Lines by whoever reads them: what each reads has an order, what different people read has none.
    private static func byReader(_ lines: [String]) -> [String: [String]] {
        Dictionary(grouping: lines) { divided($0).player }
    }

    private static func difference(_ input: String, _ expected: [String], _ read: [String]) -> String {
        var text = input
        for line in expected where !read.contains(line) { text += "\n- \(line)" }
        for line in read { text += expected.contains(line) ? "\n  \(line)" : "\n+ \(line)" }
        return text
    }
}

extension Stage {
    /// What everybody reads of a turn, a line each, with their names before it; what it asks of the actor's session
    /// stands in brackets: `[quit]`.
    package func reading(of outcome: Outcome, by actor: Thing) -> [String] {
        var lines: [String] = []
        for delivery in outcome.deliveries {
            let text = delivery.text.plain.split(separator: "\n")
            for reader in delivery.recipients {
                for line in text { lines.append("\(reader.name): \(line.trimmingSpaces)") }
            }
        }
        return lines + outcome.requests.map { "\(actor.name): [\(Self.words(of: $0))]" }
    }

    private static func words(of request: SessionRequest) -> String {
        switch request {
        case .quit: "quit"
        case .changePassword: "change password"
        case .authenticator(let on): on.map { "authenticator \($0 ? "on" : "off")" } ?? "authenticator"
        case .listKeys: "list keys"
        case .addKey(let line): "add key \(line)"
        case .removeKey(let name): "remove key \(name)"
        case .listBans: "list bans"
        case .ban(let address, let seconds, let reason): "ban \(address) \(seconds ?? 0) \(reason)"
        case .unban(let address): "unban \(address)"
        case .certificates(let wish): Self.words(of: wish, "certificate")
        case .appPasswords(let wish): Self.words(of: wish, "app-password")
        case .claim(let code): "claim \(code)"
        case .settingsChanged: "settings changed"
        case .listDoors: "list doors"
        case .closeDoor(let number): "close door \(number)"
        case .closeOtherDoors: "close other doors"
        case .leaveByDoor: "leave by door"
        case .createCharacter(let name): "create character \(name)"
        case .play(let name): "play \(name)"
        case .characterDeleted(let name): "character deleted \(name)"
        }
    }

    private static func words(of wish: CredentialWish, _ what: String) -> String {
        switch wish {
        case .list: "list \(what)s"
        case .add(let text): text.isEmpty ? "add \(what)" : "add \(what) \(text)"
        case .remove(let text): "remove \(what) \(text)"
        }
    }

    /// Carries out a direction of a transcript; false when there is no such direction.
    package func direct(_ text: String) -> Bool {
        switch text {
        case "the disk is full": interpreter.readOnlyReason = "the disk is full"
        case "the disk has room": interpreter.readOnlyReason = nil
        default:
            let words = text.split(separator: " ").map(String.init)
            if words.count == 6, words[0] == "the", words[2] == "has" {
                return addBoard(words[4...].joined(separator: " "), words[1])
            }
            guard words.count > 2, let player = player(named: words[0]) else { return false }
            return direct(player, words.dropFirst().joined(separator: " "))
        }
        return true
    }

    /// `(the Hall has a notice board)`.
    private func addBoard(_ name: String, _ room: String) -> Bool {
        guard let room = world.things.values.first(where: { $0.has(.place) && $0.name == room }) else { return false }
        thing(name, in: room, .board) { $0.set(.fixed, "It is screwed to the wall.") }
        return true
    }

    private func direct(_ player: Thing, _ text: String) -> Bool {
        let words = text.split(separator: " ").map(String.init)
        switch text {
        case "is away": absent.insert(player.id)
        case "is back": absent.remove(player.id)
        default:
            if text.hasPrefix("is quiet for "), words.count > 3, let minutes = Int(words[3]) {
                idleTimes[player.id] = .seconds(minutes * 60)
            } else if text.hasPrefix("waits "), words.count > 2, let minutes = Int64(words[1]) {
                time = WallInstant(milliseconds: time.milliseconds + minutes * 60_000)
            } else if let last = words.last, let role = Role(rawValue: last) {
                roles[player.id] = role
                change { world in
                    if let account = world.thing(player, .account) { world.set(.role, to: last, on: account) }
                }
            } else if text.hasPrefix("stands in the ") {
                let name = words.dropFirst(3).joined(separator: " ")
                guard let room = world.things.values.first(where: { $0.has(.place) && $0.name == name }) else {
                    return false
                }
                change { world in world.move(player, to: room) }
            } else if text.hasPrefix("carries a lit ") {
                thing(words.dropFirst(3).joined(separator: " "), in: player, .light) {
                    $0.set(.isSwitchable, true)
                    $0.set(.isLit, true)
                }
            } else if text.hasPrefix("carries a borrowed ") {
                thing(words.dropFirst(3).joined(separator: " "), in: player) { $0.set(.stays, true) }
            } else {
                return false
            }
        }
        return true
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String { String(self).trimmed }
}
