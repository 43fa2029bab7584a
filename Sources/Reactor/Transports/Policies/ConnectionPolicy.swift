/// A rule that is laid around connections, whose protocols know nothing of it.
///
/// Use it by ``ProtocolFactory/under(_:)`` for all connections of a listener, or by ``layer(below:peer:)`` for one.
public protocol ConnectionPolicy: AnyObject {
    /// Whether a new peer may connect; called before a protocol is made for it.
    func admission(of peer: SocketAddress) -> Admission

    /// The layer to put below the protocol of one connection that was admitted.
    func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol
}

/// What a policy says to a new peer.
public enum Admission {
    /// It may connect.
    case admitted

    /// The connection is closed, unanswered.
    case refused

    /// The connection is answered by this protocol instead of the factory's.
    case answered(by: any StreamProtocol)
}

extension ConnectionPolicy {
    /// Admits everybody.
    public func admission(of peer: SocketAddress) -> Admission { .admitted }
}

extension ProtocolFactory {
    /// A factory whose connections obey these policies, the first of them being the nearest to the network.
    ///
    /// A peer that one of them does not admit never reaches this factory, nor any policy's layer.
    public func under(_ policies: any ConnectionPolicy...) -> any ProtocolFactory {
        PolicyFactory(self, policies: policies)
    }
}

/// Puts the layers of policies below the protocols of another factory.
final class PolicyFactory: ProtocolFactory {
    private let factory: any ProtocolFactory
    private let policies: [any ConnectionPolicy]

    init(_ factory: any ProtocolFactory, policies: [any ConnectionPolicy]) {
        self.factory = factory
        self.policies = policies
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        for policy in policies {
            switch policy.admission(of: peer) {
            case .admitted: continue
            case .refused: return nil
            case .answered(let answer): return answer
            }
        }
        guard let made = factory.makeProtocol(for: peer) else { return nil }
        return policies.reversed().reduce(made) { $1.layer(below: $0, peer: peer) }
    }
}
