/// The server name extension of a client's hello.
///
/// ```text
///   list length (2)   type (1): 0 for a host name   name length (2)   name
/// ```
///
/// - Source: RFC 6066 §3.
enum ServerNameField {
    /// The host name in lower case; nil when there is none, or one no host can have.
    static func name(in field: Span<UInt8>) -> String? {
        guard field.count > 5, field[2] == 0 else { return nil }
        let listCount = Int(field[0]) << 8 | Int(field[1])
        let nameCount = Int(field[3]) << 8 | Int(field[4])
        guard listCount + 2 == field.count, nameCount + 5 == field.count, nameCount <= 255 else { return nil }
        var name = ""
        for index in 5..<field.count {
            let octet = field[index]
            guard octet > 0x20, octet < 0x7F else { return nil }
            name.unicodeScalars.append(Unicode.Scalar((0x41...0x5A).contains(octet) ? octet | 0x20 : octet))
        }
        return name
    }
}
