import CredentialCore
import IRCWire
import SASLWire

/// One SASL exchange of a client, with the messages in Base64 and in parts as IRC carries them.
///
/// ```text
///   C: AUTHENTICATE PLAIN      S: AUTHENTICATE +      C: AUTHENTICATE <at most 400 octets> …
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: a message of the server is as long as one of a client may be: 4,096 octets.
/// - Source: IRCv3 `sasl` 3.1; RFC 4616, RFC 4422 appendix A, RFC 5802.
struct IRCClientExchange {
    /// What comes of a part of the server's message.
    enum Step {
        /// More parts follow.
        case incomplete
        /// Send these parts.
        case send([IRCParameter])
        /// Have the password hashed, on another thread, and send what ``hashed(_:)`` makes of it.
        case hash(@Sendable () throws -> Hashed)
    }

    /// What another thread has made of a challenge.
    struct Hashed: Sendable {
        fileprivate let client: SCRAMClient
        fileprivate let answer: [UInt8]
    }

    private enum State {
        case single([UInt8])
        case scramFirst(SCRAMClient)
        case scramChallenge(SCRAMClient)
        case scramHashing
        case scramFinal(SCRAMClient)
        case done
    }

    private var state: State
    private var pieces = IRCSASLPieces(limit: SASLLine.longest)

    /// Begins an exchange by a mechanism that goes with the login.
    init(_ mechanism: String, _ login: IRCClientLogin) throws {
        switch login {
        case .external(let name):
            state = .single(try ExternalMessage(authorizationIdentity: name).encoded)
        case .password(let name, let password), .scram(let name, let password), .plain(let name, let password):
            if mechanism == "SCRAM-SHA-256" {
                state = .scramFirst(try SCRAMClient(name: name, password: password))
            } else {
                state = .single(try PlainMessage(name: name, password: password).encoded)
            }
        }
    }

    /// Whether nothing is left to be proven by either side.
    var isDone: Bool { if case .done = state { true } else { false } }

    /// Takes a part of a message of the server.
    ///
    /// - Throws: Why the exchange is over.
    mutating func receive(_ part: IRCParameter) throws -> Step {
        switch pieces.receive(part) {
        case .incomplete: return .incomplete
        case .complete(let message): return try answer(message)
        case .tooLong: throw SASLFailure.tooLong("message", limit: pieces.limit)
        case .malformed: throw SASLFailure.malformed("message")
        }
    }

    /// Goes on when the password has been hashed.
    ///
    /// - Returns: The parts to send.
    mutating func hashed(_ result: Hashed) -> [IRCParameter] {
        guard case .scramHashing = state else { return [] }
        state = .scramFinal(result.client)
        return IRCSASLPieces.pieces(of: result.answer)
    }

    private mutating func answer(_ octets: [UInt8]) throws -> Step {
        switch state {
        case .single(let message):
            state = .done
            return .send(IRCSASLPieces.pieces(of: message))
        case .scramFirst(var client):
            let first = client.first()
            state = .scramChallenge(client)
            return .send(IRCSASLPieces.pieces(of: first))
        case .scramChallenge(let client):
            state = .scramHashing
            return .hash {
                var client = client
                let answer = try client.receive(challenge: octets)
                return Hashed(client: client, answer: answer)
            }
        case .scramFinal(var client):
            try client.receive(final: octets)
            state = .done
            return .send(["+"])
        case .scramHashing, .done: throw SASLFailure.outOfTurn
        }
    }
}
