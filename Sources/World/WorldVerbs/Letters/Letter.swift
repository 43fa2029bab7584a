package import Basics
package import WorldModel

/// Reads a letter, a draft or a note from its thing.
///
/// ```text
///   sent letter      nowhere; has the text once; its attachments lie in it
///   └ copy           an heir of it in each folder it lies in; has `uid`, `flags`, `received` of its own
///   draft, note      in a folder, on a board; has its text itself
/// ```
///
/// So a letter to fifty takes its text once, in memory and in the log; what happens to a copy writes the copy alone; and the
/// letter ends with its last copy.
package struct Letter {
    package let thing: Thing

    package init(_ thing: Thing) {
        self.thing = thing
    }

    /// What has the text: the letter that this is a copy of, or itself.
    ///
    /// Its number names the letter in all mailboxes.
    package var original: Thing {
        guard let prototype = thing.prototype, prototype.has(.letter), !prototype.has(.prototype) else { return thing }
        return prototype
    }

    /// Its number where it lies, from 1.
    package var number: Int { thing[.uid] }
    package var subject: String { thing[.subject] }
    /// The text, with `\n` between its lines.
    package var body: String {
        let end = thing[.bodyEnd]
        return end.isEmpty ? thing[.body] : thing[.body] + end
    }
    package var authorName: String { thing[.authorName] }
    package var recipients: [String] { thing[.recipients] }
    /// When it was sent; for a draft, 1970.
    package var date: WallInstant { WallInstant(milliseconds: Int64(thing[.sent])) }
    /// When it came into its mailbox (`INTERNALDATE` of RFC 9051 §2.3.3); for a draft, when it was begun.
    package var received: WallInstant {
        let received = thing[.received]
        return received == 0 ? date : WallInstant(milliseconds: Int64(received))
    }

    /// Texts that go with it, each with a `title` and a `body`.
    package var attachments: [Thing] { original.contents.filter { $0.has(.letter) } }

    package func has(_ flag: LetterFlag) -> Bool { thing[.flags].contains(flag.rawValue) }

    package var isDraft: Bool { has(.draft) }

    /// Who wrote it, unless they are no more.
    package func author(in world: World) -> Thing? { Self.thing(thing[.author], in: world) }

    /// The letter or note that it answers, unless that is no more.
    package func answered(in world: World) -> Letter? { Self.thing(thing[.replyTo], in: world).map(Letter.init) }

    private static func thing(_ number: Int, in world: World) -> Thing? {
        UInt64(exactly: number).flatMap { world[ThingID($0)] }
    }

    /// The subject of an answer to it.
    package var replySubject: String {
        subject.folded.hasPrefix("re:") ? subject : String("Re: \(subject)".prefix(LetterLimits.subject))
    }

    /// Marks it or takes a mark from it, which writes one property.
    package func set(_ flag: LetterFlag, _ isOn: Bool, in world: World) {
        if has(flag) == isOn { return }
        let others = thing[.flags].filter { $0 != flag.rawValue }
        let flags = isOn ? others + [flag.rawValue] : others
        world.set(PropertyKey(.flags), to: flags.isEmpty ? nil : flags.value, on: thing)
    }
}
