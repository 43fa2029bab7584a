/// The keys of hosts that are known, as a file has them.
///
/// ```text
///   play.example.org,10.0.0.7   ssh-ed25519 AAAA…         [play.example.org]:4022 ssh-ed25519 AAAA…
///   |1|salt|hash                ssh-ed25519 AAAA…         @revoked * ssh-ed25519 AAAA…
/// ```
///
/// What is not understood, certificate authorities among it, is kept as it is and decides nothing.
///
/// - Isolation: none; a value type.
/// - Complexity: reading and each question are O(*n*) in the lines.
/// - Limits: lines of more than 16384 octets are kept and passed over.
/// - Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
public struct KnownHosts: Sendable {
    /// SSH's port, which is not written.
    public static let usualPort: UInt16 = 22

    private var lines: [(octets: ArraySlice<UInt8>, meaning: KnownHostsLine?)] = []

    /// Begins with no host.
    public init() {}

    /// Reads a file's octets; nothing in it makes this fail.
    public init(_ text: [UInt8]) {
        var parts = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if parts.last?.isEmpty ?? false { parts.removeLast() }
        lines = parts.map { ($0, KnownHostsLine($0)) }
    }

    /// The file's octets: each line as it was read or added, with a line end.
    public var text: [UInt8] { Array(lines.flatMap { $0.octets + [UInt8(ascii: "\n")] }) }

    /// Says what the file has on a key.
    ///
    /// - Parameters:
    ///   - key: The key the host showed and proved.
    ///   - host: The name or address the user asked for; letters of any case.
    ///   - port: The port.
    /// - Returns: The answer, with the number of the line counted from 1. A revoked key is one though other lines know it.
    public func check(_ key: SSHPublicKey, host: String, port: UInt16 = usualPort) -> KnownHostAnswer {
        var answer = KnownHostAnswer.unknown
        for (number, line) in matches(host, port) {
            switch (line.mark, line.key == key, answer) {
            case (.revoked, true, _): return .revoked(line: number)
            case (.none, true, .known): break
            case (.none, true, _): answer = .known(line: number)
            case (.none, false, .unknown), (.none, false, .otherKind):
                if line.key.type == key.type {
                    answer = .changed(line: number)
                } else if answer == .unknown {
                    answer = .otherKind(line: number)
                }
            default: break
            }
        }
        return answer
    }

    /// The keys that are known for a host and not revoked, in the file's order.
    ///
    /// A client asks for these kinds of keys first, so that a new kind surprises nobody.
    public func keys(of host: String, port: UInt16 = usualPort) -> [SSHPublicKey] {
        let lines = matches(host, port).map(\.line)
        let revoked = Set(lines.filter { $0.mark == .revoked }.map(\.key))
        return lines.filter { $0.mark == .none && !revoked.contains($0.key) }.map(\.key)
    }

    /// Adds a line for a host.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - host: Its name or address.
    ///   - port: Its port.
    ///   - isHashed: Whether to write the name so that it can be recognised but not read.
    ///   - generator: Gives the salt of a hashed name.
    /// - Throws: ``SSHKeyFailure`` with `malformed` for a name that cannot stand in the file.
    public mutating func add(
        _ key: SSHPublicKey, host: String, port: UInt16 = usualPort, isHashed: Bool = false,
        using generator: inout some RandomNumberGenerator
    ) throws(SSHKeyFailure) {
        let name = KnownHostsLine.name(host, port: port)
        let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !",*?!|@#[]\"".utf8.contains($0) }
        guard !host.isEmpty, isPlain else {
            throw SSHKeyFailure(.malformed, "\(SSHKeyFailure.shown(host)) is not the name of a host")
        }
        let salt = (0..<KnownHostsLine.saltLength).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let octets = Array("\(isHashed ? KnownHostsLine.hashed(name, salt: salt) : name) \(key.line)".utf8)
        lines.append((octets[...], KnownHostsLine(octets[...])))
    }

    /// Adds a line for a host, with a salt of the system's randomness.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed` for a name that cannot stand in the file.
    public mutating func add(
        _ key: SSHPublicKey, host: String, port: UInt16 = usualPort, isHashed: Bool = false
    ) throws(SSHKeyFailure) {
        var generator = SystemRandomNumberGenerator()
        try add(key, host: host, port: port, isHashed: isHashed, using: &generator)
    }

    /// Takes away every line that is about this host only: hashed, or with this name alone.
    ///
    /// Lines with patterns or several names, revoked keys and authorities stay.
    ///
    /// - Returns: The numbers of the lines that went, counted from 1 before any went.
    public mutating func remove(host: String, port: UInt16 = usualPort) -> [Int] {
        let name = KnownHostsLine.name(host, port: port)
        let gone = matches(host, port).filter { $0.line.mark == .none && $0.line.isOnlyAbout(name) }.map(\.number)
        for number in gone.reversed() { lines.remove(at: number - 1) }
        return gone
    }

    private func matches(_ host: String, _ port: UInt16) -> [(number: Int, line: KnownHostsLine)] {
        let name = KnownHostsLine.name(host, port: port)
        return lines.enumerated().compactMap { index, line in
            guard let meaning = line.meaning, meaning.matches(name) else { return nil }
            return (index + 1, meaning)
        }
    }
}
