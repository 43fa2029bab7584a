/// A client's secret half of a key exchange.
enum SSHClientHalf {
    case curve(SSHEphemeralKey)
    case hybrid(SSHHybridKey)

    /// Makes one for a method.
    init(_ method: SSHKeyExchangeMethod) throws(SSHFailure) {
        if let curve = method.curve {
            self = .curve(try SSHEphemeralKey(curve))
        } else {
            self = .hybrid(try SSHHybridKey())
        }
    }

    /// What the server gets.
    var publicValue: [UInt8] {
        switch self {
        case .curve(let key): key.publicValue
        case .hybrid(let key): key.publicValue
        }
    }

    /// The secret that the server's value makes.
    func agree(with value: ArraySlice<UInt8>) throws(SSHFailure) -> [UInt8] {
        switch self {
        case .curve(let key): try key.agree(with: value)
        case .hybrid(let key): try key.agree(with: value)
        }
    }
}
