/// A name inside a SCRAM message, where comma and equals sign are written `=2C` and `=3D`.
///
/// ```text
///   saslname = 1*(any UTF-8 but NUL "," "=" / "=2C" / "=3D")
/// ```
///
/// - Source: RFC 5802 sections 5.1 and 7.
package enum SCRAMName {
    /// The name as a message has it.
    package static func escaped(_ name: String) -> String {
        var octets: [UInt8] = []
        for octet in name.utf8 {
            switch octet {
            case UInt8(ascii: ","): octets += Array("=2C".utf8)
            case UInt8(ascii: "="): octets += Array("=3D".utf8)
            default: octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// The name that a message means; an equals sign before anything else is refused.
    package static func unescaped(_ octets: some Collection<UInt8>) throws(SASLFailure) -> String {
        // Written out, every octet may take three.
        if octets.count > 3 * SASLLimits.name { throw .tooLong("name", limit: SASLLimits.name) }
        var plain: [UInt8] = []
        var rest = octets[...]
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "=") {
                let code = rest.prefix(2)
                if code.elementsEqual("2C".utf8) {
                    plain.append(UInt8(ascii: ","))
                } else if code.elementsEqual("3D".utf8) {
                    plain.append(UInt8(ascii: "="))
                } else {
                    throw .malformed("name")
                }
                rest = rest.dropFirst(2)
            } else if octet == UInt8(ascii: ",") {
                throw .malformed("name")
            } else {
                plain.append(octet)
            }
        }
        return try SASLText.parse(plain, "name", limit: SASLLimits.name)
    }
}
