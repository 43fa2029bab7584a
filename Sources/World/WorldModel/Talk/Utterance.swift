package import Basics

/// Somebody's words or gesture apart from the sentence that tells of them, for doors that show talk in their own way.
///
/// It says no more than the sentence does to its reader: who is not perceived has no name in it.
///
/// ```text
///   stored    list: [id, kind, speaker, words, gesture, waits, addressees, post, form 1]
///     words       styled text; false when they are what is in the style of speech in the sentence
///     speaker     list: [number, name]; addressees a list of such
///     post        list: [channel, its name, number of the message]; empty when it was not said on a channel
/// ```
///
/// - SeeAlso: `WorldModelTests/UtteranceTests`.
package struct Utterance: Hashable, Sendable {
    /// How something is said, which tells who may hear it.
    package enum Kind: String, Sendable, CaseIterable {
        /// To all in the place.
        case say
        /// The same, and heard far off.
        case shout
        /// A gesture for all in the place to see.
        case emote
        /// Into the ear of people in the place.
        case whisper
        /// To people wherever they are.
        case tell
        /// To all who go together.
        case group
        /// To all who listen to a channel.
        case channel
    }

    /// Somebody by number and name.
    package struct Person: Hashable, Sendable {
        /// 0, which no thing has, when the reader does not perceive who it is.
        package var number: ThingID
        /// As the reader knows them; empty when they do not perceive who it is.
        package var name: String

        package init(number: ThingID, name: String) {
            self.number = number
            self.name = name
        }
    }

    /// A message's place on a channel.
    package struct Post: Hashable, Sendable {
        package var channel: ThingID
        package var name: String
        /// The number of the message, from 1 on each channel.
        package var number: Int

        package init(channel: ThingID, name: String, number: Int) {
            self.channel = channel
            self.name = name
            self.number = number
        }

        /// What the message is known by, live and in the history, for as long as there is the channel.
        package var id: String { "c\(channel.number)-\(number)" }
    }

    /// What it is known by at all doors, in history and after a restart; empty until its turn has ended.
    ///
    /// Letters, digits and `-`.
    package var id: String
    package var kind: Kind
    package var speaker: Person
    /// Exactly what was said, or for a gesture what goes on from the speaker's name, without the gap.
    package var words: StyledText
    package var isGesture: Bool
    /// Whether it was left for somebody who is away.
    package var waits: Bool
    /// Whom it was said to by name; empty for all who hear it.
    package var addressees: [Person]
    /// Where on a channel it stands; nil when it was not said on one.
    package var post: Post?

    package init(
        id: String = "", kind: Kind, speaker: Person, words: StyledText, isGesture: Bool = false, waits: Bool = false,
        addressees: [Person] = [], post: Post? = nil
    ) {
        self.id = id
        self.kind = kind
        self.speaker = speaker
        self.words = words
        self.isGesture = isGesture
        self.waits = waits
        self.addressees = addressees
        self.post = post
    }

    /// What is in the style of speech in a sentence.
    package static func spoken(in text: StyledText) -> StyledText {
        var words = StyledText()
        for run in text.runs where run.style == .speech { words.append(run.text, run.style) }
        return words
    }
}

extension Utterance {
    /// Reads it as it is stored beside its sentence; nil for another form.
    package init?(_ value: Value, beside text: StyledText) {
        guard case .list(let parts) = value, parts.count == 9, let id = String(parts[0]),
            let kind = String(parts[1]).flatMap({ Kind(rawValue: $0) }),
            case .list(let speaker) = parts[2], let speaker = Person(speaker),
            let isGesture = Bool(parts[4]), let waits = Bool(parts[5]),
            case .list(let addressees) = parts[6], case .list(let post) = parts[7], case .int = parts[8]
        else { return nil }
        let words =
            if case .styled(let own) = parts[3] { own } else { Self.spoken(in: text) }
        self.init(
            id: id, kind: kind, speaker: speaker, words: words, isGesture: isGesture, waits: waits,
            addressees: addressees.compactMap { part in
                if case .list(let pair) = part { Person(pair) } else { nil }
            }, post: Post(post))
    }

    /// What is stored beside the sentence.
    package func value(beside text: StyledText) -> Value {
        .list([
            .text(id), .text(kind.rawValue), .list(speaker.values),
            words == Self.spoken(in: text) ? .bool(false) : .styled(words), .bool(isGesture), .bool(waits),
            .list(addressees.map { .list($0.values) }), .list(post?.values ?? []), .int(Self.form),
        ])
    }

    private static let form: Int64 = 1
}

extension Utterance.Person {
    fileprivate init?(_ values: [Value]) {
        guard values.count == 2, let number = Int(values[0]).flatMap({ UInt64(exactly: $0) }),
            let name = String(values[1])
        else { return nil }
        self.init(number: ThingID(number), name: name)
    }

    /// By number and not by reference, because words outlive a guest.
    fileprivate var values: [Value] { [.int(Int64(truncatingIfNeeded: number.number)), .text(name)] }
}

extension Utterance.Post {
    fileprivate init?(_ values: [Value]) {
        guard values.count == 3, let channel = Int(values[0]).flatMap({ UInt64(exactly: $0) }),
            let name = String(values[1]), let number = Int(values[2])
        else { return nil }
        self.init(channel: ThingID(channel), name: name, number: number)
    }

    fileprivate var values: [Value] {
        [.int(Int64(truncatingIfNeeded: channel.number)), .text(name), .int(Int64(number))]
    }
}
