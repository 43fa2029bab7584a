package import CredentialCore
package import ReactorCore
import SASLWire
import Transports

/// An ``IRCSASLExchange`` over a ``CredentialCore/SASLSession``: its mechanisms, one budget of guesses for all doors.
///
/// The last words of SCRAM go out as a challenge, whose empty answer ends the exchange, as SASL has it for protocols whose
/// success carries no data.
package final class IRCPortalExchange: IRCSASLExchange {
    private let session: SASLSession
    private let logIn: (Credential) -> Deferred<String>
    private var accepted: String?

    /// Begins an exchange; nil for a mechanism that is not offered here.
    ///
    /// - Parameters:
    ///   - mechanism: The name the client gave.
    ///   - portal: Whose checkers and budget count.
    ///   - channel: What the connection has to offer.
    ///   - logIn: Makes of a credential a login, and gives the account's name; usually by ``Portal/login(_:as:mind:from:)``.
    package init?(
        _ mechanism: String, portal: Portal, channel: SASLSession.Channel,
        logIn: @escaping (Credential) -> Deferred<String>
    ) {
        guard let mechanism = SASLMechanism(mechanism),
            let session = SASLSession(mechanism, with: portal, over: channel)
        else { return nil }
        self.session = session
        self.logIn = logIn
    }

    package func start() -> Deferred<IRCSASLStep> {
        session.start(nil).flatMap { [self] step in become(step) }
    }

    package func receive(_ message: [UInt8]) -> Deferred<IRCSASLStep> {
        if let accepted {
            return .succeeded(message.isEmpty ? .accepted(account: accepted) : .refused())
        }
        return session.receive(message).flatMap { [self] step in become(step) }
    }

    private func become(_ step: SASLSession.Step) -> Deferred<IRCSASLStep> {
        switch step {
        case .challenge(let octets): .succeeded(.challenge(octets))
        case .refused: .succeeded(.refused())
        case .credential(let credential, let final):
            logIn(credential).map { [self] account in
                if final.isEmpty { return .accepted(account: account) }
                accepted = account
                return .challenge(final)
            }.recover { error in .refused(Self.words(for: error)) }
        }
    }

    private static func words(for error: any Error) -> String {
        switch error as? LoginFailure {
        case .tooManyGuesses: "SASL authentication failed: too many attempts, try again later"
        case .unavailable: "SASL authentication failed: try again later"
        case .notAdmitted(let sentence): sentence
        case .codeWanted: "SASL authentication failed: a code is wanted; append it to the password"
        case .refused, nil: "SASL authentication failed"
        }
    }
}

extension IRCPortalExchange {
    /// The mechanisms that a client is told of, the best first; LOGIN is mail programs' and left out.
    package static func mechanisms(of portal: Portal, over channel: SASLSession.Channel) -> [String] {
        SASLSession.mechanisms(of: portal, over: channel).filter { $0 != .login }.map(\.name)
    }
}

extension IRCServerConnection {
    /// What the connection has to offer to a login.
    ///
    /// - Parameters:
    ///   - door: The door's name, for the budget of guesses and the audit trail.
    ///   - proofs: Whose certificate the client has shown, as the house knows by its fingerprint.
    ///   - allowsClearPasswords: Whether passwords may be sent without TLS.
    /// - Returns: What to begin an exchange with.
    package func loginChannel(
        door: String, proofs: [Proof] = [], allowsClearPasswords: Bool = false
    ) -> SASLSession.Channel {
        SASLSession.Channel(
            origin: LoginOrigin(door: door, source: peer.host), isEncrypted: security != nil || allowsClearPasswords,
            proofs: proofs)
    }
}
