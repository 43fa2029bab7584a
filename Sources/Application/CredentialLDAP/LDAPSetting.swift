#if LDAP
import CredentialCore
import FileAccess

/// Which directory to ask, and how.
struct LDAPSetting: Sendable {
    /// How the connection is kept from being read.
    enum Protection: String, Sendable {
        /// StartTLS (RFC 4511 section 4.14).
        case start
        /// TLS from the first octet.
        case direct
        case off
    }

    /// How a name becomes the name of an entry.
    enum Lookup: Sendable {
        /// By a search below `base`.
        case search(base: String, filter: String)
        /// By putting it into a template.
        case template(String)
    }

    /// Octets of a password's file.
    private static let longestPasswordFile = 1024

    let address: String
    let protection: Protection
    let lookup: Lookup
    /// Who searches; nil for nobody in particular.
    let searcher: String?
    /// The file with the searcher's password in its first line.
    let passwordFile: String?
    /// The attribute that holds the account's name.
    let nameAttribute: String
    let authorities: String?
    /// Seconds for one login.
    let timeout: Int

    init(_ arguments: inout CheckerArguments) throws(CheckerFailure) {
        guard let host = arguments.next(), !host.isEmpty, !host.contains(where: { "/ ?#%".contains($0) }) else {
            throw CheckerFailure("expected the name of a host")
        }
        guard let protection = Protection(rawValue: arguments.take("tls") ?? "start") else {
            throw CheckerFailure("tls is start, direct or off")
        }
        let port = arguments.next() ?? (protection == .direct ? "636" : "389")
        guard UInt16(port) ?? 0 > 0 else { throw CheckerFailure("the port is a number from 1 to 65535") }
        let shownHost = host.contains(":") ? "[\(host)]" : host
        address = "\(protection == .direct ? "ldaps" : "ldap")://\(shownHost):\(port)"
        self.protection = protection
        let filter = arguments.take("filter") ?? "(uid=%s)"
        if let template = arguments.take("dn") {
            lookup = .template(template)
            guard template.contains("%s") else { throw CheckerFailure("dn has no %s, where the name goes") }
        } else if let base = arguments.take("base"), !base.isEmpty {
            lookup = .search(base: base, filter: filter)
            guard filter.contains("%s"), filter.hasPrefix("("), filter.hasSuffix(")") else {
                throw CheckerFailure("filter is one such as (uid=%s), with %s where the name goes")
            }
        } else {
            throw CheckerFailure("expected base=DN, or dn=TEMPLATE")
        }
        searcher = arguments.take("binddn")
        passwordFile = arguments.take("passfile")
        guard (searcher == nil) == (passwordFile == nil) else {
            throw CheckerFailure("binddn and passfile go together")
        }
        nameAttribute = arguments.take("name") ?? "uid"
        authorities = arguments.take("ca")
        guard let timeout = Int(arguments.take("timeout") ?? "5"), (1...60).contains(timeout) else {
            throw CheckerFailure("timeout is a number of seconds from 1 to 60")
        }
        self.timeout = timeout
    }

    /// The searcher's password, read anew each time so that it can be changed.
    func readPassword() throws(CheckerFailure) -> [UInt8] {
        guard let passwordFile else { return [] }
        let content: [UInt8]
        do throws(FileFailure) {
            content = try readFile(passwordFile, limit: Self.longestPasswordFile)
        } catch {
            throw CheckerFailure("\(passwordFile): \(error.reason)")
        }
        let octets = Array(content.prefix { $0 != 0 && $0 != 10 && $0 != 13 })
        guard !octets.isEmpty else {
            throw CheckerFailure("\(passwordFile): there is no password in its first line")
        }
        return octets
    }

    /// A name as it can stand in a filter and in the name of an entry without any other meaning than its own.
    ///
    /// Every octet but letters and digits becomes a backslash and two hexadecimal digits, which both allow (RFC 4515 section 3,
    /// RFC 4514 section 2.4).
    static func escaped(_ name: String) -> String {
        var escaped = ""
        for octet in name.utf8 {
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: escaped.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                escaped += (octet < 16 ? "\\0" : "\\") + digits
            }
        }
        return escaped
    }

    /// A template with a name in the place of `%s`.
    static func fill(_ template: String, with name: String) -> String {
        var filled = ""
        var rest = template[...]
        while let place = rest.firstRange(of: "%s") {
            filled += rest[..<place.lowerBound] + escaped(name)
            rest = rest[place.upperBound...]
        }
        return filled + rest
    }
}
#endif
