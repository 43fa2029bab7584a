/// The server's side of LOGIN: asks for a name, then for a password.
///
/// ```text
///   server: Username:     client: name
///   server: Password:     client: password
/// ```
///
/// The prompts are those that every client knows; the draft's own (`User Name` NUL) are not.
///
/// - Isolation: none; a value type.
/// - Source: draft-murchison-sasl-login-00 (never a standard).
package struct LoginServer: Sendable {
    /// What comes of a message from the client.
    package enum Step: Hashable, Sendable {
        /// Send this and wait.
        case challenge([UInt8])
        /// All is there.
        case complete(name: String, password: String)
    }

    private enum State {
        case idle
        case awaitingName
        case awaitingPassword(name: String)
        case done
    }

    package static let namePrompt = Array("Username:".utf8)
    package static let passwordPrompt = Array("Password:".utf8)

    private var state = State.idle

    package init() {}

    /// The first challenge; a client that sends its name at once skips it.
    package mutating func start() -> [UInt8] {
        state = .awaitingName
        return Self.namePrompt
    }

    /// Takes a message from the client, or its initial response.
    ///
    /// - Throws: ``SASLFailure``; the exchange is over then.
    package mutating func receive(_ octets: [UInt8]) throws(SASLFailure) -> Step {
        let before = state
        state = .done
        switch before {
        case .idle, .awaitingName:
            state = .awaitingPassword(name: try SASLText.parse(octets, "name", limit: SASLLimits.name))
            return .challenge(Self.passwordPrompt)
        case .awaitingPassword(let name):
            let password = try SASLText.parse(octets, "password", limit: SASLLimits.password)
            return .complete(name: name, password: password)
        case .done: throw .outOfTurn
        }
    }
}

/// The client's side of LOGIN: answers the first challenge with the name and the second with the password.
///
/// What the challenges say is not looked at, because servers differ in it.
///
/// - Isolation: none; a value type.
/// - Source: draft-murchison-sasl-login-00.
package struct LoginClient: Sendable {
    private var answers: [[UInt8]]

    /// - Throws: ``SASLFailure`` when a part is empty, too long, or has a NUL.
    package init(name: String, password: String) throws(SASLFailure) {
        try SASLText.check(name, "name", limit: SASLLimits.name)
        try SASLText.check(password, "password", limit: SASLLimits.password)
        answers = [Array(password.utf8), Array(name.utf8)]
    }

    /// The answer to a challenge.
    ///
    /// - Throws: ``SASLFailure/outOfTurn`` at the third challenge.
    package mutating func receive(_ challenge: [UInt8]) throws(SASLFailure) -> [UInt8] {
        guard let answer = answers.popLast() else { throw .outOfTurn }
        return answer
    }
}
