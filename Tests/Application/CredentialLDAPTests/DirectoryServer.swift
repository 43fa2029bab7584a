#if LDAP
import FileAccessTesting
import Foundation

/// A slapd of a test's own: on loopback, with its data in a folder that goes with it.
final class DirectoryServer {
    struct Failure: Error, CustomStringConvertible { let description: String }

    static let base = "dc=example,dc=org"
    static let searcherPassword = "let me look"

    private let folder: TemporaryFolder
    private(set) var port: UInt16 = 0
    private var process: Process?

    var certificate: String { path("cert.pem") }
    var passwordFile: String { path("searcher") }

    /// Starts it with the entries of people besides its own.
    init(people: String) throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("data")
        try folder.write(Self.searcherPassword + "\n", to: "searcher")
        try run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mudd test", "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", path("key.pem"),
                "-out", certificate,
            ])
        try folder.write(
            """
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile \(folder.path)/pid
            TLSCertificateFile \(certificate)
            TLSCertificateKeyFile \(folder.path)/key.pem
            database mdb
            suffix "\(Self.base)"
            directory \(folder.path)/data
            access to attrs=userPassword by anonymous auth by * none
            access to * by dn.exact="cn=searcher,\(Self.base)" read by * none

            """, to: "slapd.conf")
        try folder.write(
            """
            dn: \(Self.base)
            objectClass: dcObject
            objectClass: organization
            dc: example
            o: Example

            dn: cn=searcher,\(Self.base)
            objectClass: person
            cn: searcher
            sn: searcher
            userPassword: \(Self.searcherPassword)

            dn: ou=people,\(Self.base)
            objectClass: organizationalUnit
            ou: people

            \(people)
            """, to: "entries.ldif")
        try run("/usr/sbin/slapadd", ["-f", path("slapd.conf"), "-l", path("entries.ldif")])
        // The port may be taken by another between the look and the start.
        for _ in 0..<5 where process == nil { try start(try Self.freePort()) }
        guard process != nil else { throw Failure(description: "slapd does not start") }
    }

    deinit { stop() }

    func stop() {
        guard let process else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Lets it stand still, with its connections open.
    func freeze() { if let process { kill(process.processIdentifier, SIGSTOP) } }

    private func start(_ port: UInt16) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/slapd")
        process.arguments = ["-d", "stats", "-h", "ldap://127.0.0.1:\(port)/", "-f", path("slapd.conf")]
        // Its log goes on to a file, so that nothing blocks it.
        let log = path("log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        let ended = Ended()
        process.terminationHandler = { _ in ended.isSet = true }
        try process.run()
        while !ended.isSet {
            if Self.canConnect(port) {
                self.process = process
                self.port = port
                return
            }
            usleep(5000)
        }
    }

    private final class Ended: @unchecked Sendable {
        private let lock = NSLock()
        private var value = false
        var isSet: Bool {
            get { lock.withLock { value } }
            set { lock.withLock { value = newValue } }
        }
    }

    private static func canConnect(_ port: UInt16) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return withAddress(port) { connect(socket, $0, $1) } == 0
    }

    /// A socket that listens on loopback, and its port.
    static func listener() throws -> (socket: Int32, port: UInt16) {
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed =
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    withAddress(0) { bind(made, $0, $1) } == 0 && listen(made, 16) == 0
                        && getsockname(made, generic, &length) == 0
                }
            }
        guard isNamed else { throw Failure(description: "no port") }
        return (made, UInt16(bigEndian: address.sin_port))
    }

    private static func freePort() throws -> UInt16 {
        let (socket, port) = try listener()
        close(socket)
        return port
    }

    private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) ended with \(process.terminationStatus)")
        }
    }
}
#endif
