extension HTTPFields {
    /// Reads the lines of a head after the first.
    init(parsing lines: ArraySlice<ArraySlice<UInt8>>, limits: HTTPLimits) throws(HTTPFailure) {
        if lines.count > limits.fields { throw .headTooLarge }
        for line in lines { try add(line: line) }
    }

    /// The octets of a head: its first line, the fields, the empty line.
    func octets(below startLine: String) -> [UInt8] {
        var octets = Array(startLine.utf8)
        octets += [0x0D, 0x0A]
        for field in all {
            octets += field.name.utf8
            octets += [0x3A, 0x20]
            octets += field.value.utf8
            octets += [0x0D, 0x0A]
        }
        octets += [0x0D, 0x0A]
        return octets
    }
}
