package import Basics
import WorldLanguage
package import WorldModel

/// What a player wants to stand before the line in which they type: their own words, and tokens that stand for what is so.
///
/// ```text
///   %time  the time of day, UTC      %place  where one is       %name  who one is
///   %exits the ways out              %mail   unread letters     %%     a percent sign
/// ```
///
/// - Limits: ``longest`` characters, ``longestResult`` when the tokens are filled in.
package struct PromptTemplate {
    enum Piece: Equatable {
        case text(String)
        case token(Token)
        case unknown(String)
    }

    enum Token: String, CaseIterable {
        case time, place, name, exits, mail
    }

    /// Of the template, in characters.
    package static let longest = 80
    /// Of the prompt, in characters.
    package static let longestResult = 160

    private let length: Int
    let pieces: [Piece]

    package init(_ text: String) {
        length = text.count
        var pieces: [Piece] = []
        var words = ""
        var rest = text.prefix(Self.longest)[...]
        while let first = rest.first {
            rest.removeFirst()
            guard first == "%" else {
                words.append(first)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                words.append("%")
                continue
            }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            if !words.isEmpty { pieces.append(.text(words)) }
            words = ""
            pieces.append(Token(rawValue: name.lowercased()).map { .token($0) } ?? .unknown(String(name)))
        }
        if !words.isEmpty { pieces.append(.text(words)) }
        self.pieces = pieces
    }

    /// Why it is none; nil when it is.
    var problem: Sentence? {
        if length > Self.longest { return "A prompt has \(plain: String(Self.longest)) characters at most." }
        for case .unknown(let name) in pieces {
            let tokens = Token.allCases.map { "%" + $0.rawValue } + ["%%"]
            return "There is no \(plain: "%" + name) for a prompt. There are \(commands: tokens)."
        }
        return nil
    }
}

extension Interpreter {
    /// The prompt that somebody has chosen, filled in as things stand.
    ///
    /// - Parameters:
    ///   - persona: Who plays.
    ///   - time: What time it is.
    ///   - isHeard: Whether it is for somebody who listens to the text, so that only what they chose is told.
    /// - Returns: nil when they have chosen none; empty when they want none at all.
    package func prompt(of persona: Thing, at time: WallInstant, isHeard: Bool) -> StyledText? {
        if persona[.isEditing], let number = editorPrompt(of: persona) { return isHeard ? nil : number }
        guard let chosen = world.setting(.prompt, of: persona), chosen != SettingName.prompt.rule.initial else {
            return nil
        }
        if chosen == "off" { return StyledText() }
        let template = PromptTemplate(chosen.cleaned)
        var text = ""
        for piece in template.pieces {
            switch piece {
            case .text(let words): text += words
            case .unknown(let name): text += "%" + name
            case .token(let token): text += value(of: token, persona, time)
            }
            if text.utf8.count > PromptTemplate.longestResult * 4 { break }
        }
        text = String(text.prefix(PromptTemplate.longestResult))
        if text.last != " " { text += " " }
        return StyledText(text)
    }

    func value(of token: PromptTemplate.Token, _ persona: Thing, _ time: WallInstant) -> String {
        switch token {
        case .time: return time.timeOfDay
        case .name: return persona.name
        case .mail: return String(Mailbox(of: persona, in: world).unread)
        case .place:
            let perception = Perception(of: persona, in: world)
            guard let surroundings = perception.surroundings else { return "" }
            guard perception.isLit else { return phrase("darkness", for: persona).plain }
            return languages.language(of: persona)?.content(surroundings.name) ?? surroundings.name
        case .exits:
            let perception = Perception(of: persona, in: world)
            guard perception.isLit else { return "" }
            let language = languages.language(of: persona)
            return perception.exits.map { exit in
                guard let direction = Direction(rawValue: exit[.direction]) else { return exit[.direction] }
                return language?.text(direction.rawValue) ?? direction.shortForm ?? direction.rawValue
            }
            .filter { !$0.isEmpty }.joined(separator: ",")
        }
    }
}
