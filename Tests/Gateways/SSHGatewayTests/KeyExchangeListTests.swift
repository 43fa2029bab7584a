import SSHWire
import ShellPeers
import Testing
import Transports

@testable import SSHGateway

@Suite struct KeyExchangeListTests {
    @Test(arguments: [
        ("curve25519-sha256", [SSHKeyExchangeMethod.curve25519]),
        ("ecdh-sha2-nistp256,curve25519-sha256", [.nistp256, .curve25519]),
        (" curve25519-sha256@libssh.org  ecdh-sha2-nistp521, ", [.curve25519Libssh, .nistp521]),
    ]) func namesAreReadInOrder(text: String, methods: [SSHKeyExchangeMethod]) throws {
        #expect(try KeyExchangeList.read(text) == methods)
    }

    @Test func whatThisMachineCannotDoIsLeftOut() throws {
        let both = try KeyExchangeList.read("mlkem768x25519-sha256,curve25519-sha256")
        #expect(both == [.mlkem768x25519, .curve25519].filter(\.isAvailable))
    }

    @Test(arguments: [
        ("", "no key exchange is left that this machine can do"),
        (", ,", "no key exchange is left that this machine can do"),
        ("ecdh-sha2-nistp256,ecdh-sha2-nistp256", "ecdh-sha2-nistp256 is there twice"),
    ]) func whatCannotBeUsedIsRefused(text: String, why: String) {
        let failure = #expect(throws: KeyExchangeList.Failure.self) { try KeyExchangeList.read(text) }
        #expect(failure?.description == why)
    }

    @Test func anUnknownNameIsToldWithTheKnown() {
        let failure = #expect(throws: KeyExchangeList.Failure.self) {
            try KeyExchangeList.read("diffie-hellman-group14-sha1")
        }
        #expect(failure?.description.contains("“diffie-hellman-group14-sha1”") == true)
        #expect(failure?.description.contains("ecdh-sha2-nistp256") == true)
    }

    /// Only who is told to offers what audits object to.
    @Test func theDoorOffersWhatItIsTold() throws {
        let stage = try DoorStage()
        func offered() throws -> [SSHKeyExchangeMethod] {
            let door = try #require(stage.factory.makeProtocol(for: .ipv4(.loopback, port: 1)) as? SSHConnection)
            return door.settings.transport.algorithms.keyExchanges
        }
        #expect(try offered().allSatisfy { !$0.isOnNISTCurve })
        stage.factory.services.keyExchanges = [.curve25519, .nistp256]
        #expect(try offered() == [.curve25519, .nistp256])
        #expect(stage.ada()?.visitor.isLoggedIn == true)
        stage.factory.services.keyExchanges = [.nistp256]
        #expect(stage.ada()?.visitor.isLoggedIn == true)
    }
}
