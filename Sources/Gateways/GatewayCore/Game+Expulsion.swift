import Basics
import ReactorCore
import WorldLanguage
import WorldModel

/// The end of connections by which somebody is in who is not to be any more, also of those that have no session.
extension Game {
    /// The connections that have no session and by which somebody has come in, in the order of their coming.
    package var silentEntries: [Knock] {
        entered.values.filter { $0.sessionCount == 0 }.sorted { $0.number < $1.number }
    }

    /// Ends the connections by which somebody has come in, of those that a condition holds for.
    ///
    /// - Parameters:
    ///   - farewell: What is read at its sessions, and by the client's program in English.
    ///   - spared: A session whose connection may stay.
    ///   - isMeant: Whether an entry is one of those, by way of that connection.
    func expel(
        _ farewell: Sentence, sparing spared: Session? = nil, where isMeant: (GameEntry, Knock) -> Bool
    ) {
        let sparedKnock = spared?.door.knock
        for knock in entered.values where knock !== sparedKnock {
            guard let entry = knock.entry, isMeant(entry, knock) else { continue }
            for session in sessionsByNumber.values where session.door.knock === knock {
                sendAway(session, farewell, .warning)
            }
            dismiss(knock, farewell)
        }
    }

    /// Ends a connection, whose sessions have been sent away; it waits a moment when these had something to say.
    func dismiss(_ knock: Knock, _ farewell: Sentence) {
        let text = farewell.english
        let hasSessions = sessionsByNumber.values.contains { $0.door.knock === knock }
        if !hasSessions { return knock.whenDismissed(text) }
        reactor.callLater(Self.lastWords) { knock.whenDismissed(text) }
    }

    /// How long the last words at sessions may take until their connection ends.
    private static let lastWords = Duration.seconds(1)

    /// Ends what was begun in a role that an account has no longer.
    func expelDemoted(_ account: Thing, to role: Role) {
        expel("You have another role now. Please come in again.") { entry, knock in
            knock.neededRole > role && self.account(of: entry) === account
        }
    }

    /// Ends the connections that somebody made with a key, a certificate or a password of an account.
    func expel(_ credential: some AccountCredential, of account: Thing, sparing session: Session? = nil) {
        let farewell: Sentence =
            switch credential {
            case is AccountKey: "The key that you came in with lets nobody in any more."
            case is AccountCertificate: "The certificate that you came in with lets nobody in any more."
            default: "The password that you came in with lets nobody in any more."
            }
        expel(farewell, sparing: session) { entry, _ in
            entry.means == credential.means && self.account(of: entry) === account
        }
    }

    /// Ends the connections of characters that are no more.
    func expelDeleted() {
        expel("Your character is no more.") { entry, _ in
            switch entry.who {
            case .character(let id), .account(let id): world[id] == nil
            case .outsider, .guest, .newcomer: false
            }
        }
    }

    /// Ends somebody's connections, with a session or without one, and takes their body out of play.
    ///
    /// - Parameters:
    ///   - name: That of a character, or of an account; a connection that came in as the account is its characters'.
    ///   - reason: What they are told; may be empty.
    /// - Returns: How many there were.
    package func kick(_ name: String, reason: String) -> Int {
        let persona = world.player(named: name)
        let account = persona.flatMap { world.thing($0, .account) } ?? world.account(named: name)
        let farewell: Sentence =
            reason.isEmpty ? "An administrator sends you away." : "An administrator sends you away: \(plain: reason)"
        let knocks = entered.values.filter { knock in
            switch knock.entry?.who {
            case .character(let id): id == persona?.id
            case .account(let id): id == account?.id
            case .outsider(let own): own.folded == name.folded
            case .guest, .newcomer, nil: false
            }
        }
        let sessions = sessionsByNumber.values.filter { session in
            (persona != nil && session.persona === persona) || knocks.contains { $0 === session.door.knock }
        }
        // The connection of a guest is known by its session alone.
        let others = sessions.compactMap(\.door.knock).filter { knock in !knocks.contains { $0 === knock } }
        let silentCount = knocks.count { $0.sessionCount == 0 }
        for session in sessions {
            if let persona = session.persona {
                notePartingWords(reason.isEmpty ? "Sent away" : "Sent away: \(reason)", of: persona)
            }
            sendAway(session, farewell, .warning)
        }
        for knock in knocks + others { dismiss(knock, farewell) }
        return sessions.count + silentCount
    }
}
