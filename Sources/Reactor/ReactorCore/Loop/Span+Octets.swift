/// What a protocol does with octets that are valid only inside the call: it copies them.
extension Array where Element == UInt8 {
    /// Copies octets.
    public init(_ octets: Span<UInt8>) {
        self = unsafe octets.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Appends a copy of octets.
    public mutating func append(contentsOf octets: Span<UInt8>) {
        unsafe octets.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension String {
    /// Reads octets as UTF-8; what is none becomes the replacement character.
    public init(decoding octets: Span<UInt8>) {
        self = unsafe octets.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
