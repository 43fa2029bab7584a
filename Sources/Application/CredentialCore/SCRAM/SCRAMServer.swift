import Basics
import DigestWire
import SASLWire

/// The server's side of one SCRAM-SHA-256 exchange.
///
/// ```text
///   client: n,,n=user,r=…     receive(_:) → .lookUp(name), then answer(secret:) → .challenge
///   client: c=biws,r=…,p=…    receive(_:) → .accepted or .refused
/// ```
///
/// Between the two calls for the first message the account's secret is looked up, which may take time. For a name
/// nobody has, the exchange goes on with a made-up secret; it ends as one with a wrong password does.
///
/// Names are not prepared: look them up as names are looked up elsewhere. Salts under names nobody has are made up from the name
/// folded, so that capitals make as little difference there as with a name that somebody has.
///
/// | State | Accepts | Moves to |
/// | --- | --- | --- |
/// | idle | the first message | awaiting a secret |
/// | awaiting a secret | ``answer(secret:)`` | awaiting the proof |
/// | awaiting the proof | the last message | done |
///
/// - Isolation: none; a value type. No step is slow: the server hashes a handful of times.
/// - Source: RFC 5802 section 5, RFC 7677.
package struct SCRAMServer: Sendable {
    /// What comes of a call.
    package enum Step: Hashable, Sendable {
        /// Look up this name's secret, and call ``SCRAMServer/answer(secret:)``.
        case lookUp(name: String)
        /// Send this and wait.
        case challenge([UInt8])
        /// Send `final`: the client is `name`, and wants to act for `authorizationIdentity` if there is one.
        case accepted(final: [UInt8], name: String, authorizationIdentity: String?)
        /// Send `final` where the protocol has room for it: there is no login.
        case refused(final: [UInt8])
    }

    private enum State {
        case idle
        case awaitingSecret(SCRAMClientFirst)
        case awaitingProof(SCRAMClientFirst, SCRAMServerFirst, SCRAMSecret, isKnown: Bool)
        case done
    }

    private var state = State.idle
    private let channel: SCRAMChannel?
    private let isPlus: Bool
    private let decoyKey: [UInt8]
    private let decoyIterations: UInt32
    private let ownNonce: String

    /// - Parameters:
    ///   - channel: The channel's data, when `SCRAM-SHA-256-PLUS` was among the mechanisms offered.
    ///   - isPlus: Whether the client chose `SCRAM-SHA-256-PLUS`.
    ///   - decoyKey: See ``SCRAMSecret/decoy(for:key:iterations:)``.
    ///   - decoyIterations: The iterations of this server's real secrets.
    ///   - nonce: The server's half of the nonce; random when nil.
    /// - Throws: ``SCRAMFailure/noRandomness``.
    package init(
        channel: SCRAMChannel? = nil, isPlus: Bool = false, decoyKey: [UInt8],
        decoyIterations: UInt32 = SCRAMSecret.standardIterations, nonce: String? = nil
    ) throws(SCRAMFailure) {
        self.channel = channel
        self.isPlus = isPlus
        self.decoyKey = decoyKey
        self.decoyIterations = decoyIterations
        ownNonce = if let nonce { nonce } else { try SCRAMKeys.makeNonce() }
    }

    /// Takes a message from the client.
    package mutating func receive(_ octets: [UInt8]) -> Step {
        let before = state
        state = .done
        do throws(SASLFailure) {
            switch before {
            case .idle:
                let first = try SCRAMClientFirst(parsing: octets)
                if let refusal = refusal(of: first.header.channelBinding) { return Self.refused(refusal) }
                state = .awaitingSecret(first)
                return .lookUp(name: first.name)
            case .awaitingProof(let first, let challenge, let secret, let isKnown):
                let final = try SCRAMClientFinal(parsing: octets)
                return conclude(first, challenge, final, secret, isKnown: isKnown)
            case .awaitingSecret, .done: return Self.refused(.otherError)
            }
        } catch .extensionDemanded {
            return Self.refused(.extensionsNotSupported)
        } catch {
            return Self.refused(.invalidEncoding)
        }
    }

    /// Goes on with the secret that was looked up; nil when there is none.
    package mutating func answer(secret: SCRAMSecret?) -> Step {
        guard case .awaitingSecret(let first) = state else { return Self.refused(.otherError) }
        state = .done
        // Made in any case, so that the time does not tell.
        let decoy = SCRAMSecret.decoy(for: first.name.folded, key: decoyKey, iterations: decoyIterations)
        let used = secret ?? decoy
        guard
            let challenge = try? SCRAMServerFirst(
                nonce: first.nonce + ownNonce, salt: used.salt, iterations: used.iterations)
        else { return Self.refused(.otherError) }
        state = .awaitingProof(first, challenge, used, isKnown: secret != nil)
        return .challenge(challenge.encoded)
    }

    private func refusal(of binding: SCRAMHeader.ChannelBinding) -> SCRAMRefusal? {
        switch binding {
        case .unsupported: isPlus ? .channelBindingsDoNotMatch : nil
        case .notOffered: channel != nil ? .serverDoesSupportChannelBinding : isPlus ? .channelBindingNotSupported : nil
        case .used(let type):
            if let channel, isPlus {
                type == channel.type ? nil : .unsupportedChannelBindingType
            } else {
                .channelBindingNotSupported
            }
        }
    }

    private func conclude(
        _ first: SCRAMClientFirst, _ challenge: SCRAMServerFirst, _ final: SCRAMClientFinal, _ secret: SCRAMSecret,
        isKnown: Bool
    ) -> Step {
        guard Digest.areEqual(Array(final.nonce.utf8), Array(challenge.nonce.utf8)) else {
            return Self.refused(.otherError)
        }
        var binding = first.header.encoded
        if case .used = first.header.channelBinding { binding += channel?.data ?? [] }
        guard Digest.areEqual(final.channelBinding, binding) else {
            return Self.refused(.channelBindingsDoNotMatch)
        }
        let signed = SCRAMKeys.authMessage(first, challenge, withoutProof: final.withoutProof)
        let clientSignature = HashFunction.sha256.authenticate(signed, key: secret.storedKey)
        let serverSignature = HashFunction.sha256.authenticate(signed, key: secret.serverKey)
        let clientKey = Digest.exclusiveOr(clientSignature, final.proof)
        let isProven = Digest.areEqual(HashFunction.sha256.hash(clientKey), secret.storedKey)
        guard isProven, isKnown, final.proof.count == HashFunction.sha256.octets else {
            return Self.refused(.invalidProof)
        }
        return .accepted(
            final: SCRAMServerFinal.verifier(serverSignature).encoded, name: first.name,
            authorizationIdentity: first.header.authorizationIdentity)
    }

    private static func refused(_ refusal: SCRAMRefusal) -> Step {
        .refused(final: SCRAMServerFinal.refusal(refusal).encoded)
    }
}
