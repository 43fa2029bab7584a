import Glibc

/// What SSH clients find in their user's home, and in the environment.
struct SSHHome {
    private let folder: String?
    /// Who runs this process; empty when nobody can tell.
    let user: String

    init() {
        let entry = getpwuid(getuid())
        let home = Self.variable("HOME") ?? entry.map { String(cString: $0.pointee.pw_dir) }
        folder = home.map { "\($0)/.ssh" }
        user = Self.variable("USER") ?? entry.map { String(cString: $0.pointee.pw_name) } ?? ""
    }

    /// A variable of the environment that is there and not empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }

    /// Files of known hosts; new ones are written to the first.
    var knownHosts: [String] { (folder.map { ["\($0)/known_hosts"] } ?? []) + ["/etc/ssh/ssh_known_hosts"] }

    /// Files of private keys, the best first.
    var identities: [String] {
        folder.map { folder in ["id_ed25519", "id_ecdsa", "id_rsa"].map { "\(folder)/\($0)" } } ?? []
    }

    /// The socket of an agent.
    var agent: String? { Self.variable("SSH_AUTH_SOCK") }

    /// Makes the folder for known hosts, where there is none.
    func makeFolder() {
        if let folder { mkdir(folder, 0o700) }
    }
}
