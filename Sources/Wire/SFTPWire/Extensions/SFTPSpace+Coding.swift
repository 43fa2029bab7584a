import SSHKeys

extension SFTPSpace {
    /// The octets of a block; nothing here has blocks, and tools divide by it.
    private static let block: UInt64 = 512
    private static let readOnlyFlag: UInt64 = 1
    private static let noSetUserFlag: UInt64 = 2

    /// Reads an answer of eleven numbers; nil when it is none.
    public init?(_ octets: [UInt8]) {
        var reader = SSHReader(octets)
        var numbers: [UInt64] = []
        while numbers.count < 11 {
            guard let number = try? reader.uint64() else { return nil }
            numbers.append(number)
        }
        let unit = numbers[1]
        octetLimit = numbers[2].multipliedOrGreatest(by: unit)
        freeOctets = numbers[4].multipliedOrGreatest(by: unit)
        fileLimit = numbers[5]
        freeFiles = numbers[7]
        isReadOnly = numbers[9] & Self.readOnlyFlag != 0
    }

    /// The answer's octets: block sizes, blocks, files, id, flags, and the longest name.
    public var octets: [UInt8] {
        let (total, free) = (octetLimit / Self.block, freeOctets / Self.block)
        let flags = Self.noSetUserFlag | (isReadOnly ? Self.readOnlyFlag : 0)
        let numbers = [
            Self.block, Self.block, total, free, free, fileLimit, freeFiles, freeFiles, 0, flags,
            UInt64(SFTPPath.nameOctetLimit),
        ]
        var writer = SSHWriter(reserving: 88)
        for number in numbers { writer.uint64(number) }
        return writer.octets
    }
}

extension UInt64 {
    fileprivate func multipliedOrGreatest(by other: UInt64) -> UInt64 {
        let (product, isTooLarge) = multipliedReportingOverflow(by: other)
        return isTooLarge ? .max : product
    }
}
