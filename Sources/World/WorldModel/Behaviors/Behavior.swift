import Basics

/// What a verb of a thing's own does: `push wheel`, `draw water`.
///
/// Declared in a content file or in play, inherited live from prototypes, stored as a map of its parts:
///
/// | Part | Says |
/// | --- | --- |
/// | `does` | what everybody here reads, as a ``SocialForm``; the other of whom it speaks is the thing |
/// | `tells` | what only who does it reads beside that |
/// | `beyond`, `reach` | what is heard in places up to so many steps away |
/// | `requires`, `refusal` | a ``LockExpression`` that has to hold, and what is read when it does not |
/// | `with` | the key of a thing one has to have for it |
/// | `once`, `spent` | that it works once, and what is read from then on |
/// | `sets` | properties and marks of the thing that change |
/// | `also` | the same of other things, by their keys |
/// | `moves` | things that go somewhere, by their keys: `here`, `hands`, or the key of where |
/// | `sound` | the file of a sound, for the programs of those here who want sounds |
/// | `vitals` | how much more of what measures them who does it has then; see ``Vital`` |
///
/// - Limits: ``longestText`` characters a text, ``mostChanges`` changes.
package struct Behavior: Hashable, Sendable {
    /// The parts that are texts, none of them empty.
    package private(set) var texts: [Part: String] = [:]
    /// Steps, up to ``farthestReach``.
    package var reach = 1
    /// Whether it works once.
    package var isOnce = false
    /// New values by the names of properties and marks; see ``World/mistake(inChange:to:)``.
    package var sets: [String: String] = [:]
    /// The same by the keys of other things.
    package var also: [String: [String: String]] = [:]
    /// Where things go, by their keys.
    package var moves: [String: String] = [:]
    /// By the names of what measures people, how much more who does it has; less than nothing takes away.
    package var vitals: [String: Int] = [:]

    /// A part that is one text.
    package enum Part: String, CaseIterable, Sendable {
        case does, tells, beyond, requires, refusal, with, spent, sound
    }

    /// In characters.
    package static let longestText = 500
    /// Entries of `sets`, `also`, `moves` and `vitals` each, at most.
    package static let mostChanges = 20
    /// In steps.
    package static let farthestReach = 9
    /// Verbs of its own that one thing has at most.
    package static let mostVerbs = 30

    /// Makes a verb that does nothing but be told.
    package init() {}

    /// The text of a part, empty when there is none.
    package subscript(part: Part) -> String { texts[part] ?? "" }

    /// What is wrong with the text of a part, to be put after its name; nil when nothing is.
    package static func mistake(in text: String, of part: Part) -> String? {
        if text.count > longestText { return "is longer than \(longestText) characters" }
        switch part {
        case .does:
            do throws(SocialForm.Mistake) {
                _ = try SocialForm(text)
            } catch {
                return error.text
            }
        case .requires:
            do throws(LockMistake) {
                _ = try LockExpression(text)
            } catch {
                return "is wrong at its character \(error.column): \(error.text)"
            }
        case .sound:
            if !World.isSoundName(text) { return "must be the name of a file such as bell.mp3" }
        case .tells, .beyond, .refusal, .with, .spent: break
        }
        return nil
    }

    /// Sets a part, or with an empty text takes it away.
    ///
    /// - Parameters:
    ///   - part: Which.
    ///   - text: What it says.
    /// - Returns: What is wrong with the text, and then nothing has changed; nil when nothing is.
    package mutating func set(_ part: Part, to text: String) -> String? {
        if text.isEmpty {
            texts[part] = nil
            return nil
        }
        if let mistake = Self.mistake(in: text, of: part) { return mistake }
        texts[part] = text
        return nil
    }
}

/// Stored form.
extension Behavior {
    /// Reads a stored one; parts that make no sense are left out.
    package init(_ stored: [String: Value]) {
        for part in Part.allCases {
            if case .text(let text)? = stored[part.rawValue] { _ = set(part, to: text) }
        }
        if case .int(let steps)? = stored["reach"] { reach = Int(min(max(steps, 1), Int64(Self.farthestReach))) }
        isOnce = stored["once"] == .bool(true)
        sets = Self.changes(stored["sets"])
        if case .map(let things)? = stored["also"] {
            also = Dictionary(uniqueKeysWithValues: Self.first(things).map { ($0.key, Self.changes($0.value)) })
        }
        moves = Self.changes(stored["moves"])
        if case .map(let amounts)? = stored["vitals"] {
            let known = Self.first(amounts).filter { World.isVitalName($0.key) }
            vitals = Dictionary(
                uniqueKeysWithValues: known.compactMap { entry in Int(entry.value).map { (entry.key, $0) } })
        }
    }

    private static func first(_ entries: [String: Value]) -> [(key: String, value: Value)] {
        Array(entries.sorted { $0.key < $1.key }.prefix(mostChanges))
    }

    private static func changes(_ value: Value?) -> [String: String] {
        guard case .map(let entries)? = value else { return [:] }
        let texts = first(entries).compactMap { entry -> (String, String)? in
            if case .text(let text) = entry.value { (entry.key, String(text.prefix(longestText))) } else { nil }
        }
        return Dictionary(uniqueKeysWithValues: texts)
    }

    /// As it is stored.
    package var stored: Value {
        var parts: [String: Value] = [:]
        for (part, text) in texts { parts[part.rawValue] = .text(text) }
        if reach != 1 { parts["reach"] = reach.value }
        if isOnce { parts["once"] = .bool(true) }
        if !sets.isEmpty { parts["sets"] = sets.value }
        if !also.isEmpty { parts["also"] = also.value }
        if !moves.isEmpty { parts["moves"] = moves.value }
        if !vitals.isEmpty { parts["vitals"] = vitals.value }
        return .map(parts)
    }
}
