extension Sequence<UInt8> {
    /// Each octet in two small hexadecimal digits (RFC 4648, section 8, in small letters).
    ///
    /// - Complexity: O(*n*).
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
