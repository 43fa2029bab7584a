import Basics
package import ReactorCore
package import SASLWire

/// The server's side of one SASL exchange, for any protocol that can carry one.
///
/// The protocol hands over each message of the client (decoded, see ``SASLWire/SASLLine``) and does what comes of it. The end is a
/// credential for ``Portal/login(_:as:mind:from:)``; only when that has let the client in is `final` sent, with the protocol's
/// own word of success.
///
/// ```text
///   session.start(initialResponse) → .challenge(octets)      send, and hand what comes back to receive(_:)
///                                  → .credential(…, final:)  go to the portal
///                                  → .refused(final:)        over; "authentication failed" is all to be said
/// ```
///
/// | Mechanism | Needs | Ends in |
/// | --- | --- | --- |
/// | PLAIN, LOGIN | an encrypted channel | a password |
/// | SCRAM-SHA-256 | a checker that keeps its secrets | a proof |
/// | SCRAM-SHA-256-PLUS | the same, and the channel's data | a proof |
/// | EXTERNAL | somebody whom the channel has proven | a proof |
///
/// Nobody may act for somebody else: an authorization identity must be the client's own name.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of the messages, ``SASLWire/SASLLimits``.
/// - Source: RFC 4422 section 3.
package final class SASLSession {
    /// What comes of a message.
    package enum Step: Equatable {
        /// Send this and wait.
        case challenge([UInt8])
        /// Show this to the portal; once in, send `final` where the protocol has room for it.
        case credential(Credential, final: [UInt8])
        /// It is over; `final` tells no more than the mechanism must.
        case refused(final: [UInt8])
    }

    /// What the channel around an exchange has to offer.
    package struct Channel {
        package var origin: LoginOrigin
        /// Whether passwords may be sent in clear.
        package var isEncrypted: Bool
        /// What SCRAM can be bound to.
        package var binding: SCRAMChannel?
        /// Whom the channel proves the client to be, as by a certificate: each name that it may act for, the first being the one
        /// for a client that says none.
        package var proofs: [Proof]

        package init(
            origin: LoginOrigin, isEncrypted: Bool = false, binding: SCRAMChannel? = nil, proofs: [Proof] = []
        ) {
            self.origin = origin
            self.isEncrypted = isEncrypted
            self.binding = binding
            self.proofs = proofs
        }
    }

    private enum State {
        case plain
        case login(LoginServer)
        case external
        case scram(SCRAMServer, SASLMechanism)
        /// The portal looks for a secret.
        case waiting
        case done
    }

    /// A row of the table of mechanisms, the best first.
    private struct Row: Sendable {
        let mechanism: SASLMechanism
        let isOffered: @Sendable (Portal, Channel) -> Bool
        let begin: @Sendable (Portal, Channel) throws(SCRAMFailure) -> State
    }

    private static let table = [
        Row(
            mechanism: .external, isOffered: { _, channel in !channel.proofs.isEmpty },
            begin: { _, _ throws(SCRAMFailure) in .external }),
        Row(
            mechanism: .scramSHA256Plus,
            isOffered: { portal, channel in channel.binding != nil && portal.keepsSCRAMSecrets },
            begin: { portal, channel throws(SCRAMFailure) in
                .scram(try portal.makeSCRAM(channel: channel.binding, isPlus: true), .scramSHA256Plus)
            }),
        Row(
            mechanism: .scramSHA256, isOffered: { portal, _ in portal.keepsSCRAMSecrets },
            begin: { portal, channel throws(SCRAMFailure) in
                .scram(try portal.makeSCRAM(channel: channel.binding, isPlus: false), .scramSHA256)
            }),
        Row(
            mechanism: .plain, isOffered: { _, channel in channel.isEncrypted },
            begin: { _, _ throws(SCRAMFailure) in .plain }),
        Row(
            mechanism: .login, isOffered: { _, channel in channel.isEncrypted },
            begin: { _, _ throws(SCRAMFailure) in .login(LoginServer()) }),
    ]

    private let portal: Portal
    private let channel: Channel
    private var state: State
    /// The name that a proof is about, as the client wrote it, for the budget.
    private var claimed = ""
    /// What the checker keeps for it.
    private var kept: KeptSCRAMSecret?

    /// The mechanisms that a client is told of, the best first.
    package static func mechanisms(of portal: Portal, over channel: Channel) -> [SASLMechanism] {
        table.filter { $0.isOffered(portal, channel) }.map(\.mechanism)
    }

    /// Begins an exchange.
    ///
    /// - Returns: Nil for a mechanism that is not offered.
    package init?(_ mechanism: SASLMechanism, with portal: Portal, over channel: Channel) {
        guard let row = Self.table.first(where: { $0.mechanism == mechanism }), row.isOffered(portal, channel),
            let state = try? row.begin(portal, channel)
        else { return nil }
        self.portal = portal
        self.channel = channel
        self.state = state
    }

    /// Begins: takes the initial response, or asks for the client's first message.
    package func start(_ initialResponse: [UInt8]?) -> Deferred<Step> {
        if let initialResponse { return receive(initialResponse) }
        if case .login(var server) = state {
            let prompt = server.start()
            state = .login(server)
            return .succeeded(.challenge(prompt))
        }
        return .succeeded(.challenge([]))
    }

    /// Takes a message of the client.
    ///
    /// - Returns: What to do; fails only with ``LoginFailure``, which ends the exchange.
    package func receive(_ octets: [UInt8]) -> Deferred<Step> {
        let before = state
        state = .done
        do throws(SASLFailure) {
            switch before {
            case .plain: return .succeeded(plain(try PlainMessage(parsing: octets)))
            case .login(var server):
                switch try server.receive(octets) {
                case .challenge(let prompt):
                    state = .login(server)
                    return .succeeded(.challenge(prompt))
                case .complete(let name, let password):
                    return .succeeded(.credential(.password(name: name, password: password), final: []))
                }
            case .external: return .succeeded(external(try ExternalMessage(parsing: octets)))
            case .scram(var server, let mechanism):
                return scram(server.receive(octets), server, mechanism)
            case .waiting, .done: return .succeeded(.refused(final: []))
            }
        } catch {
            return .succeeded(.refused(final: []))
        }
    }

    private func plain(_ message: PlainMessage) -> Step {
        if let wanted = message.authorizationIdentity, wanted != message.name { return .refused(final: []) }
        return .credential(.password(name: message.name, password: message.password), final: [])
    }

    private func external(_ message: ExternalMessage) -> Step {
        let wanted = message.authorizationIdentity?.folded
        guard let proof = channel.proofs.first(where: { wanted == nil || $0.name.folded == wanted }) else {
            return .refused(final: [])
        }
        return .credential(.proven(proof), final: [])
    }

    private func scram(_ step: SCRAMServer.Step, _ server: SCRAMServer, _ mechanism: SASLMechanism) -> Deferred<Step> {
        switch step {
        case .lookUp(let name):
            state = .waiting
            claimed = name
            return portal.lookUp(name, from: channel.origin).map { [self] found in
                var server = server
                kept = found
                guard case .challenge(let octets) = server.answer(secret: found?.secret) else {
                    state = .done
                    return .refused(final: [])
                }
                state = .scram(server, mechanism)
                return .challenge(octets)
            }.recover { [self] error in
                state = .done
                throw error as? LoginFailure ?? LoginFailure.unavailable
            }
        case .challenge(let octets):
            state = .scram(server, mechanism)
            return .succeeded(.challenge(octets))
        case .accepted(let final, let name, let wanted):
            guard wanted ?? name == name else {
                portal.refuteProof(of: claimed, "wants to act for another", from: channel.origin)
                return .succeeded(.refused(final: []))
            }
            portal.confirmProof(of: claimed, from: channel.origin)
            let proof = Proof(
                name: kept?.name ?? name, method: mechanism.name, checker: kept?.checker, means: kept?.means ?? "")
            return .succeeded(.credential(.proven(proof), final: final))
        case .refused(let final):
            if !claimed.isEmpty { portal.refuteProof(of: claimed, "wrong proof", from: channel.origin) }
            return .succeeded(.refused(final: final))
        }
    }
}
