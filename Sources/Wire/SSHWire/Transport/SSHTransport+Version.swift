import Basics

extension SSHTransport {
    /// Looks for the peer's version line.
    ///
    /// A server may send other lines before it; a client may not.
    ///
    /// - Returns: The line without its end, or nil when it has not come.
    /// - Source: RFC 4253 section 4.2.
    mutating func nextVersion() throws(SSHFailure) -> String? {
        while true {
            let limit = settings.role == .server ? SSHTransportLimits.versionOctets : max(greetingLeft, 0)
            guard var line = try reader.line(limit: limit) else {
                try keepGreeting(reader.waiting(most: SSHTransportLimits.quotedOctets))
                return nil
            }
            greetingLeft -= line.count + 1
            let isVersion = line.starts(with: Array("SSH-".utf8))
            guard isVersion || settings.role == .client else {
                throw SSHFailure(.versionNotSupported, "The client did not begin with its version.")
            }
            if !isVersion {
                try keepGreeting(line)
                continue
            }
            if line.last == 0x0D { line.removeLast() }
            // The end of the line counts.
            guard line.count + 2 <= SSHTransportLimits.versionOctets + 1,
                line.allSatisfy({ (0x20...0x7E).contains($0) }),
                ["SSH-2.0-", "SSH-1.99-"].contains(where: {
                    line.starts(with: Array($0.utf8)) && line.count > $0.utf8.count
                })
            else { throw SSHFailure(.versionNotSupported, "The peer's version of SSH is not 2.0.") }
            peerVersion = line
            phase = .exchange
            return String(decoding: line, as: UTF8.self)
        }
    }

    /// Remembers what a server says, and leaves one that begins as no server of SSH does.
    private mutating func keepGreeting(_ octets: [UInt8]) throws(SSHFailure) {
        guard settings.role == .client, !octets.isEmpty else { return }
        // What is said last is nearest to the reason.
        greeting = Array(octets.prefix(SSHTransportLimits.quotedOctets))
        // Lines before the version are UTF-8, which has no such octet, and with which each command of Telnet begins.
        if greeting.contains(0xFF), let foreignFailure { throw foreignFailure }
    }

    /// Why the other end speaks no SSH, as far as can be told from what came in place of its version.
    ///
    /// - Returns: Nil when nothing came, and after the version.
    public var foreignFailure: SSHFailure? {
        guard settings.role == .client, peerVersion.isEmpty, !greeting.isEmpty else { return nil }
        let quoted = String(decoding: greeting.filter { $0 < 0x80 }, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ").cleaned
        if greeting.contains(0xFF) {
            return SSHFailure(.versionNotSupported, "The other end speaks Telnet, as it seems, and not SSH.")
        }
        return SSHFailure(.versionNotSupported, "The other end does not speak SSH: it says “\(quoted)”.")
    }
}

extension SSHTransportSettings {
    /// Our version line without its end, with nothing in it that may not be there.
    var versionLine: [UInt8] {
        let own = software.utf8.filter { (0x20...0x7E).contains($0) }
        return Array("SSH-2.0-".utf8) + own.prefix(SSHTransportLimits.versionOctets - 10)
    }
}
