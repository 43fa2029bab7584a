import DigestWire
import SASLWire

/// The client's side of one SCRAM-SHA-256 exchange.
///
/// ```text
///   first()                          → n,,n=user,r=…
///   receive(challenge:)   r=…,s=…,i=…  → c=biws,r=…,p=…
///   receive(final:)       v=…          → nothing, or a failure
/// ```
///
/// The login is good only when ``receive(final:)`` has returned: until then the server has proven nothing.
///
/// - Isolation: none; a value type. ``receive(challenge:)`` takes as long as the server's iterations, so call it on
///   a worker.
/// - Limits: 4096 to `mostIterations` iterations.
/// - Source: RFC 5802 section 5, RFC 7677.
package struct SCRAMClient: Sendable {
    private enum State {
        case idle
        case awaitingChallenge
        case awaitingFinal(serverSignature: [UInt8])
        case done
    }

    private var state = State.idle
    private let message: SCRAMClientFirst
    private let password: String
    private let channel: SCRAMChannel?
    private let mostIterations: UInt32

    /// - Parameters:
    ///   - name: Prepared here, see ``SASLPreparation``.
    ///   - password: Prepared here.
    ///   - authorizationIdentity: Whom to act for; nil for oneself.
    ///   - channel: The channel to bind to, for `SCRAM-SHA-256-PLUS`.
    ///   - couldBind: Whether the client would have bound if the server had offered it; says so (`y,,`).
    ///   - mostIterations: The patience: 1000000 take about half a second.
    ///   - nonce: The client's half of the nonce; random when nil.
    /// - Throws: ``SCRAMFailure/unusable`` when name or password cannot be prepared, ``SCRAMFailure/message(_:)``
    ///   when they cannot be written, ``SCRAMFailure/noRandomness``.
    package init(
        name: String, password: String, authorizationIdentity: String? = nil, channel: SCRAMChannel? = nil,
        couldBind: Bool = false, mostIterations: UInt32 = 1_000_000, nonce: String? = nil
    ) throws(SCRAMFailure) {
        guard let name = SASLPreparation.prepare(name), SASLPreparation.prepare(password) != nil else {
            throw .unusable
        }
        let ownNonce = if let nonce { nonce } else { try SCRAMKeys.makeNonce() }
        let binding: SCRAMHeader.ChannelBinding =
            if let channel { .used(type: channel.type) } else { couldBind ? .notOffered : .unsupported }
        do throws(SASLFailure) {
            let header = try SCRAMHeader(channelBinding: binding, authorizationIdentity: authorizationIdentity)
            message = try SCRAMClientFirst(header: header, name: name, nonce: ownNonce)
        } catch {
            throw .message(error)
        }
        self.password = password
        self.channel = channel
        self.mostIterations = min(mostIterations, UInt32(Int32.max))
    }

    /// The first message.
    package mutating func first() -> [UInt8] {
        state = .awaitingChallenge
        return message.encoded
    }

    /// Answers the server's challenge.
    ///
    /// - Throws: ``SCRAMFailure``; the exchange is over then, and nothing of the password has been sent.
    package mutating func receive(challenge octets: [UInt8]) throws(SCRAMFailure) -> [UInt8] {
        guard case .awaitingChallenge = state else { throw .message(.outOfTurn) }
        state = .done
        // Some servers refuse at once.
        if octets.starts(with: "e=".utf8) { throw Self.refusal(octets) }
        let challenge: SCRAMServerFirst
        do throws(SASLFailure) { challenge = try SCRAMServerFirst(parsing: octets) } catch { throw .message(error) }
        guard challenge.nonce.hasPrefix(message.nonce), challenge.nonce.utf8.count > message.nonce.utf8.count else {
            throw .nonceMismatch
        }
        guard challenge.iterations >= SCRAMSecret.fewestIterations, challenge.iterations <= mostIterations else {
            throw .iterations(challenge.iterations)
        }
        let keys = SCRAMKeys(
            saltedPassword: try SCRAMKeys.salted(
                password, salt: challenge.salt, iterations: challenge.iterations))
        let binding = message.header.encoded + (channel?.data ?? [])
        let withoutProof = SCRAMClientFinal.withoutProof(channelBinding: binding, nonce: challenge.nonce)
        let signed = SCRAMKeys.authMessage(message, challenge, withoutProof: withoutProof)
        let proof = Digest.exclusiveOr(keys.clientKey, HashFunction.sha256.authenticate(signed, key: keys.storedKey))
        let answer: SCRAMClientFinal
        do throws(SASLFailure) {
            answer = try SCRAMClientFinal(channelBinding: binding, nonce: challenge.nonce, proof: proof)
        } catch {
            throw .message(error)
        }
        state = .awaitingFinal(serverSignature: HashFunction.sha256.authenticate(signed, key: keys.serverKey))
        return answer.encoded
    }

    /// Checks the server's last message; without a failure the login is good.
    ///
    /// - Throws: ``SCRAMFailure/refused(_:)``, ``SCRAMFailure/serverNotAuthentic``, ``SCRAMFailure/message(_:)``.
    package mutating func receive(final octets: [UInt8]) throws(SCRAMFailure) {
        guard case .awaitingFinal(let expected) = state else { throw .message(.outOfTurn) }
        state = .done
        let final: SCRAMServerFinal
        do throws(SASLFailure) { final = try SCRAMServerFinal(parsing: octets) } catch { throw .message(error) }
        switch final {
        case .refusal(let refusal): throw .refused(refusal)
        case .verifier(let signature):
            guard Digest.areEqual(signature, expected) else { throw .serverNotAuthentic }
        }
    }

    private static func refusal(_ octets: [UInt8]) -> SCRAMFailure {
        do throws(SASLFailure) {
            guard case .refusal(let refusal) = try SCRAMServerFinal(parsing: octets) else {
                return .message(.malformed("error"))
            }
            return .refused(refusal)
        } catch {
            return .message(error)
        }
    }
}
