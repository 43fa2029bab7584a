#if LDAP
import CredentialCore
import CredentialTesting
import Foundation
import ReactorCore
import ReactorTesting
import Testing

@testable import CredentialLDAP

/// Over a real slapd, which the tests start and stop.
@Suite(.serialized) struct LDAPCheckerTests {
    private static let people = """
        dn: uid=ada,ou=people,dc=example,dc=org
        objectClass: inetOrgPerson
        uid: ada
        cn: Ada
        sn: Lovelace
        mail: ada@example.org
        userPassword: correct horse

        dn: uid=odd\\,name\\+x\\=y,ou=people,dc=example,dc=org
        objectClass: inetOrgPerson
        uid: odd,name+x=y
        cn: Odd (*)
        sn: Odd
        userPassword: battery staple

        dn: cn=first,ou=people,dc=example,dc=org
        objectClass: inetOrgPerson
        uid: twin
        cn: first
        sn: Twin
        userPassword: correct horse

        dn: cn=second,ou=people,dc=example,dc=org
        objectClass: inetOrgPerson
        uid: twin
        cn: second
        sn: Twin
        userPassword: correct horse

        """

    private func contract(
        _ server: DirectoryServer, _ extra: String = ":tls=off", base: String = DirectoryServer.base,
        on reactor: Reactor? = nil
    ) throws -> CheckerContract {
        let text =
            "ldap:127.0.0.1:\(server.port):base=\(base):binddn=cn=searcher,\(DirectoryServer.base)"
            + ":passfile=\(server.passwordFile)\(extra)"
        return try CheckerContract(reactor ?? Reactor()) { try CheckerTable([LDAPSupport.type]).make(text, $0) }
    }

    @Test func keepsTheContract() throws {
        let server = try DirectoryServer(people: Self.people)
        let contract = try contract(server)
        #expect(contract.violations(name: "ada", password: "correct horse") == [])
        #expect(contract.outcome("ADA", "correct horse") == .success("ada"))
        #expect(contract.outcome("twin", "correct horse") == .failure(.refused), "who would it be?")
        #expect(contract.outcome("odd,name+x=y", "battery staple") == .success("odd,name+x=y"))
        #expect(contract.outcome("odd*", "battery staple") == .failure(.refused))
        #expect(contract.outcome("\u{FF41}da", "correct horse") == .failure(.refused), "another spelling")
        #expect(contract.outcome("Odd (*)", "battery staple") == .failure(.refused), "not a uid")
    }

    @Test func otherWaysToFindAnEntry() throws {
        let server = try DirectoryServer(people: Self.people)
        let mail = try contract(server, ":tls=off:filter=(mail=%s):name=mail")
        #expect(mail.outcome("ada@example.org", "correct horse") == .success("ada@example.org"))
        let template = try CheckerContract(try Reactor()) {
            try CheckerTable([LDAPSupport.type]).make(
                "ldap:127.0.0.1:\(server.port):tls=off:dn=uid=%s,ou=people,\(DirectoryServer.base)", $0)
        }
        #expect(template.violations(name: "ada", password: "correct horse") == [])
        #expect(template.outcome("odd,name+x=y", "battery staple") == .success("odd,name+x=y"))
        let elsewhere = try contract(server, base: "dc=example,dc=com")
        #expect(elsewhere.outcome("ada", "correct horse") == .failure(.refused))
    }

    @Test func startsTLSAndTrustsOnlyWhomItIsTold() throws {
        let server = try DirectoryServer(people: Self.people)
        let trusting = try contract(server, ":ca=\(server.certificate)")
        #expect(trusting.outcome("ada", "correct horse") == .success("ada"))
        #expect(trusting.outcome("ada", "wrong") == .failure(.refused))
        let other = try contract(server, "")
        #expect(other.outcome("ada", "correct horse") == .failure(.unavailable), "an unknown certificate")
    }

    @Test func aWrongSearcherIsTheOperatorsTrouble() throws {
        let server = try DirectoryServer(people: Self.people)
        try "wrong\n".write(toFile: server.passwordFile, atomically: true, encoding: .utf8)
        #expect(try contract(server).outcome("ada", "correct horse") == .failure(.unavailable))
    }

    @Test func aDirectoryThatGoesAwayOrStandsStillKeepsNobodyWaiting() throws {
        let server = try DirectoryServer(people: Self.people)
        let contract = try contract(server, ":tls=off:timeout=1")
        #expect(contract.outcome("ada", "correct horse") == .success("ada"))
        server.freeze()
        let start = ContinuousClock.now
        #expect(contract.outcome("ada", "correct horse") == .failure(.unavailable))
        #expect(ContinuousClock.now - start < .seconds(20))
        server.stop()
        #expect(contract.outcome("ada", "correct horse") == .failure(.unavailable))
    }

    /// What a server might send in place of an answer: nothing more, nonsense, half an answer.
    @Test(
        arguments: [
            [], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), [0x30],
            [0x30, 0x84, 0xFF, 0xFF],
            [0x30, 0x0C, 0x02, 0x01, 0x01, 0x61],
            [0x30, 0x0C, 0x02, 0x01, 0x63, 0x61, 0x07, 0x0A, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00],
            [0x30, 0x80], [UInt8](repeating: 0, count: 1000),
            [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 2, count: 64),
        ] as [[UInt8]])
    func aHostileDirectory(_ answer: [UInt8]) throws {
        for closes in [true, false] {
            let (socket, port) = try DirectoryServer.listener()
            let thread = Thread {
                let client = accept(socket, nil, nil)
                var buffer = [UInt8](repeating: 0, count: 1024)
                _ = read(client, &buffer, buffer.count)
                _ = write(client, answer, answer.count)
                if closes {
                    close(client)
                } else {
                    // Until the other side goes.
                    while read(client, &buffer, buffer.count) > 0 {}
                    close(client)
                }
                close(socket)
            }
            thread.start()
            let contract = try CheckerContract(try Reactor()) {
                try CheckerTable([LDAPSupport.type]).make("ldap:127.0.0.1:\(port):tls=off:timeout=1:base=dc=x", $0)
            }
            #expect(contract.outcome("ada", "correct horse") == .failure(.unavailable))
        }
    }

    /// The loop goes round while a directory says nothing.
    @Test func aSilentDirectoryDoesNotBlockTheLoop() throws {
        let (socket, port) = try DirectoryServer.listener()
        defer { close(socket) }
        let reactor = try Reactor()
        var ticks = 0
        let ticking = LoopingCall(on: reactor) { ticks += 1 }
        _ = ticking.start(every: .milliseconds(10))
        let contract = try CheckerContract(reactor) {
            try CheckerTable([LDAPSupport.type]).make("ldap:127.0.0.1:\(port):tls=off:timeout=1:base=dc=x", $0)
        }
        #expect(contract.outcome("ada", "correct horse") == .failure(.unavailable))
        #expect(ticks > 20)
        ticking.stop()
    }

    @Test(arguments: [
        ("ldap", "name of a host"), ("ldap:", "name of a host"), ("ldap:a/b:base=dc=x", "name of a host"),
        ("ldap:h:0:base=dc=x", "the port"), ("ldap:h:99999:base=dc=x", "the port"), ("ldap:h", "expected base"),
        ("ldap:h:base=", "expected base"), ("ldap:h:base=dc=x:filter=uid", "filter is"), ("ldap:h:dn=uid", "no %s"),
        ("ldap:h:base=dc=x:tls=yes", "tls is"), ("ldap:h:base=dc=x:timeout=0", "timeout"),
        ("ldap:h:base=dc=x:binddn=cn=y", "go together"), ("ldap:h:base=dc=x:pass=secret", "no argument called pass"),
        ("ldap:h:base=dc=x:tls=start:ca=/nowhere", "TLS"),
    ])
    func wrongDescriptions(_ text: String, _ expected: String) throws {
        let reactor = try Reactor()
        let failure = #expect(throws: CheckerFailure.self) {
            _ = try CheckerContract(reactor) { try CheckerTable([LDAPSupport.type]).make(text, $0) }
        }
        #expect("\(String(describing: failure))".contains(expected))
    }

    @Test(arguments: [
        ("ada", "ada"), ("*)(uid=*", "\\2A\\29\\28uid\\3D\\2A"), ("a\\b", "a\\5Cb"), ("é", "\\C3\\A9"),
        ("\u{0}", "\\00"),
    ])
    func escaping(_ name: String, _ expected: String) {
        #expect(LDAPSetting.escaped(name) == expected)
        #expect(LDAPSetting.fill("(|(uid=%s)(cn=%s))", with: name) == "(|(uid=\(expected))(cn=\(expected)))")
    }
}
#endif
