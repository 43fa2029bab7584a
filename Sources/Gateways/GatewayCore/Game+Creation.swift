import AuditCore
package import Basics
package import CredentialCore
import Logging
package import ReactorCore
package import WorldLanguage
import WorldModel
import WorldVerbs

/// Why no character was made.
///
/// `@unchecked Sendable`, as errors have to be: its sentences speak of things of the world, and like these it is made, passed on and
/// read on the reactor's thread alone.
package enum CreationFailure: Error, @unchecked Sendable {
    /// What was told of it cannot be used.
    case problem(Sentence)
    /// The password will not do.
    case password(Sentence)
    /// Somebody else has the name by now.
    case nameTaken
    /// The password could not be hashed just now.
    case busy
    /// Nobody new can come in.
    case notKept(Sentence)

    /// What its player reads.
    package var sentence: Sentence {
        switch self {
        case .problem(let sentence), .password(let sentence), .notKept(let sentence): sentence
        case .nameTaken: "Somebody has just taken that name. Please choose another."
        case .busy: "Your password could not be kept just now. Please try again in a moment."
        }
    }
}

/// New accounts with their characters, whichever door they are made at.
extension Game {
    /// What is wrong with the name for a new character; nil when it is free and will do.
    package func problem(withNewName name: String) -> Sentence? {
        if let owner = world.player(named: name) ?? world.account(named: name), !owner[.isGuest] {
            return "That name is taken. Please choose another."
        }
        return NameRules.problem(with: name, in: world)
    }

    /// Charges a source for one more character; loopback is exempt.
    ///
    /// - Returns: Why it may make none now; nil when it may.
    package func admitCreation(from source: String) -> Sentence? {
        if Self.isLoopback(source) { return nil }
        let key = GuessBudget.sourceKey(source)
        guard case .refused(let wait) = creations.admit(account: key, source: key, now: reactor.now) else { return nil }
        return "Many characters were made from your address already. Please wait \(wait.told), or come in as a guest."
    }

    /// Makes an account with its character, which is not in play yet, for somebody who has answered everything.
    ///
    /// - Parameters:
    ///   - creation: Has all answers.
    ///   - origin: Where they were given.
    /// - Returns: Who came in by that, once it is durable; fails with ``CreationFailure`` alone, unless it is cancelled.
    package func makeCharacter(_ creation: CharacterCreation, from origin: LoginOrigin) -> Deferred<GameEntry> {
        precondition(creation.question == nil, "a character is made of all answers")
        let hashed = Deferred<String>()
        desk.hash(creation.password) { hashed.settle($0.mapError { _ -> any Error in CreationFailure.busy }) }
        return hashed.map { [self] hash in try makeCharacter(creation, hash, origin) }
            .flatMapResult { [self] result in answerWhenDurable(result) }
    }

    /// The same where name and password come together, as by `REGISTER` of IRC.
    ///
    /// - Parameters:
    ///   - name: Of the character, and of its account.
    ///   - password: In the clear.
    ///   - language: Which its player reads; nil for English.
    ///   - origin: Where it was asked for.
    /// - Returns: Who came in by that, once it is durable; fails with ``CreationFailure`` alone, unless it is cancelled.
    package func makeCharacter(
        named name: String, password: String, language: Language? = nil, from origin: LoginOrigin
    ) -> Deferred<GameEntry> {
        guard makesAccounts else {
            return .failed(
                CreationFailure.notKept(
                    "No characters are made here: come in with the name and the password you have already."))
        }
        var creation = CharacterCreation(language: language)
        // A password that will not do is told before the source is charged.
        if let problem = problem(withNewName: name) { return .failed(CreationFailure.problem(problem)) }
        if let problem = passwordProblem(password, name: name) { return .failed(CreationFailure.password(problem)) }
        for answer in [name, password, password, ""] {
            if let remark = creation.answer(answer, in: self, from: origin.source), remark.isProblem {
                return .failed(CreationFailure.problem(remark.text))
            }
        }
        return makeCharacter(creation, from: origin)
    }

    private func makeCharacter(
        _ creation: CharacterCreation, _ hash: String, _ origin: LoginOrigin
    ) throws(CreationFailure) -> GameEntry {
        let name = creation.name
        guard world.player(named: name) == nil, world.account(named: name) == nil else { throw .nameTaken }
        var made: ThingID?
        let outcome = makeTurn { turn in
            let persona = Accounts.create(name: name, passwordHash: hash, settings: creation.settings, turn: turn)
            if let account = world.thing(persona, .account) {
                remember(GuessBudget.sourceKey(origin.source), on: account)
            }
            made = persona.id
        }
        run(outcome)
        guard outcome.record != nil, let made else {
            throw .notKept(readOnlyRefusal ?? "Nobody new can come in just now. Please try again later.")
        }
        noteNewcomer(name, origin)
        let entry = GameEntry(.character(made), name: name, means: "new password")
        let login = AuditEvent(.login, actor: name, origin: "\(origin)", detail: entry.means)
        whenDurable(world.sequence) { [self] in audit(login) }
        return entry
    }

    /// Takes down that somebody has made a character, and where they are known from.
    func noteNewcomer(_ name: String, _ origin: LoginOrigin) {
        // Whoever made a character is known from here, whatever others guess at its password.
        desk.budget.know(account: name.folded, key: GuessBudget.sourceKey(origin.source))
        let event = AuditEvent(.create, actor: name, origin: "\(origin)")
        whenDurable(world.sequence) { [self] in audit(event) }
        note("created", ["name": name, "source": origin.source, "door": origin.door])
    }

    /// Why nobody new comes in while nothing can be kept; nil when it can.
    var readOnlyRefusal: Sentence? {
        interpreter.readOnlyReason.map {
            "Nobody new can come in just now, because \(Sentence(message: $0)). Please try again later."
        }
    }

    // MARK: Words of the dialogue

    /// A word of the dialogue in English, whichever of the two it was typed in.
    static func word(_ line: String, in language: Language?) -> String {
        let word = line.folded
        guard let language else { return word }
        return words.first { language.text($0) == word } ?? word
    }

    private static let words = ["new", "guest", "quit", "help", "yes", "no"]

    static func yesOrNo(_ line: String, in language: Language?) -> Bool? {
        switch word(line, in: language) {
        case "y", "yes": true
        case "n", "no": false
        default: nil
        }
    }

    /// Whether it says that somebody does not want to come in at all.
    package static func isFarewell(_ line: String, in language: Language?) -> Bool {
        ["quit", "exit", "bye"].contains(word(line, in: language))
    }

    // MARK: Languages of the dialogue

    /// What can be read here, English first, nil; none where that is all there is.
    var languageChoices: [Language?] {
        let languages = interpreter.languages.languages
        return languages.isEmpty ? [] : [nil] + languages
    }

    /// The language of that code or name.
    ///
    /// - Returns: Nil when there is none; within it, nil for English.
    package func languageChoice(_ word: String) -> Language?? {
        languageChoices.first { choice in
            choice.map { $0.code == word || $0.name.folded == word } ?? (word == "en" || word == "english")
        }
    }

    /// How to go on in each language but one, each in its own; empty where there is no other.
    package func languageOffers(besides current: Language?) -> StyledText {
        var offers = StyledText()
        for choice in languageChoices where choice?.code != current?.code {
            if !offers.isEmpty { offers.append(" ") }
            let (name, code) = (choice?.name ?? "English", choice?.code ?? "en")
            offers.append(text("\(plain: name): type \(command: code).", in: choice))
        }
        return offers
    }

    /// A sentence as somebody reads it in a language, nil for English, who is nobody in the world yet.
    package func text(_ sentence: Sentence, in language: Language?) -> StyledText {
        sentence.phrase(for: nobody, in: language) { _ in true }
    }
}
