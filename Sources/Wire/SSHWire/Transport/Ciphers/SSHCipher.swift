/// How the packets of one direction are protected between two key exchanges.
///
/// A packet in memory is its length, 4 octets, what that counts, and room for the code:
///
/// ```text
///   ├─ length ─┼─ padding length │ payload │ padding ─┼─ code ─┤
///   ╰─────────────────── count ──────────────────────╯
/// ```
enum SSHCipher: ~Copyable {
    case plain
    case chaChaPoly(SSHChaChaPoly)
    case galoisCounter(SSHGaloisCounter)
    case counterMode(SSHCounterMode)

    /// What the encrypted part has to be a multiple of, in octets.
    var blockOctets: Int {
        switch self {
        case .plain: 8
        case .chaChaPoly: 8
        case .galoisCounter: 16
        case .counterMode: 16
        }
    }

    /// Octets of the length that the blocks include.
    var alignedLengthOctets: Int {
        switch self {
        case .plain: 4
        case .chaChaPoly: 0
        case .galoisCounter: 0
        case .counterMode: 0
        }
    }

    /// Octets of the code behind a packet.
    var tagOctets: Int {
        switch self {
        case .plain: 0
        case .chaChaPoly: SSHChaChaPoly.tagOctets
        case .galoisCounter: SSHGaloisCounter.tagOctets
        case .counterMode(let cipher): cipher.tagOctets
        }
    }

    /// The length at the beginning of a packet, before anything proves it.
    func length(_ packet: UnsafePointer<UInt8>, sequence: UInt32) -> Int {
        switch self {
        case .chaChaPoly(let cipher): Int(cipher.length(packet, sequence: sequence))
        default: Int(packet[0]) << 24 | Int(packet[1]) << 16 | Int(packet[2]) << 8 | Int(packet[3])
        }
    }

    /// Encrypts a packet in place and writes the code behind it.
    func seal(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        switch self {
        case .plain: true
        case .chaChaPoly(let cipher): cipher.seal(packet, count, sequence: sequence)
        case .galoisCounter(let cipher): cipher.seal(packet, count)
        case .counterMode(let cipher): cipher.seal(packet, count, sequence: sequence)
        }
    }

    /// Decrypts what follows the length of a packet in place; false unless the code is right.
    func open(_ packet: UnsafeMutablePointer<UInt8>, _ count: Int, sequence: UInt32) -> Bool {
        switch self {
        case .plain: true
        case .chaChaPoly(let cipher): cipher.open(packet, count, sequence: sequence)
        case .galoisCounter(let cipher): cipher.open(packet, count)
        case .counterMode(let cipher): cipher.open(packet, count, sequence: sequence)
        }
    }
}
