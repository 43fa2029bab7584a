package import SSHWire

/// The methods of key exchange that an operator has the door offer: names with commas or spaces between them, the best first.
///
/// ```text
///   curve25519-sha256,ecdh-sha2-nistp256
/// ```
package enum KeyExchangeList {
    /// Why a list cannot be used, in a sentence.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads a list.
    ///
    /// Methods that this machine's libcrypto lacks are left out, so that one configuration serves several machines.
    ///
    /// - Throws: ``Failure`` for a name that is unknown or there twice, and when nothing is left.
    package static func read(_ text: String) throws(Failure) -> [SSHKeyExchangeMethod] {
        var methods: [SSHKeyExchangeMethod] = []
        for name in text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) {
            guard let method = SSHKeyExchangeMethod(rawValue: name) else {
                let known = SSHKeyExchangeMethod.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(description: "there is no key exchange “\(name)”; there are \(known)")
            }
            if methods.contains(method) { throw Failure(description: "\(name) is there twice") }
            methods.append(method)
        }
        methods.removeAll { !$0.isAvailable }
        if methods.isEmpty { throw Failure(description: "no key exchange is left that this machine can do") }
        return methods
    }
}
