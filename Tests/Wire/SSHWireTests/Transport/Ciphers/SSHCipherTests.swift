import Testing

@testable import SSHWire

/// Two packets that another implementation has made, with keys that count from 0, vectors from 0xF0 and MAC keys from 100.
private struct CipherFixture: CustomTestStringConvertible {
    var cipher: SSHCipherName
    var mac: SSHMACName?
    var first: String
    var second: String

    var testDescription: String { cipher.rawValue }

    /// The packets' bodies: a length of padding, and octets that count from 0.
    static let lengths = [16, 32]
    /// Their numbers.
    static let sequences: [UInt32] = [7, 8]

    func make(seals: Bool) throws -> SSHCipher {
        let key = [UInt8](0..<UInt8(cipher.keyOctets))
        switch cipher {
        case .chacha20Poly1305: return .chaChaPoly(try SSHChaChaPoly(key: key, seals: seals))
        case .aes256GCM, .aes128GCM:
            return .galoisCounter(try SSHGaloisCounter(key: key, vector: [UInt8](0xF0..<0xFC), seals: seals))
        case .aes256CTR, .aes192CTR, .aes128CTR:
            let mac = try #require(mac)
            return .counterMode(
                try SSHCounterMode(
                    key: key, vector: [UInt8](0xF0...0xFF), mac: mac, macKey: [UInt8](100..<UInt8(100 + mac.octets)),
                    seals: seals))
        }
    }

    func plain(_ index: Int) -> [UInt8] {
        let length = Self.lengths[index]
        return [0, 0, 0, UInt8(length), 6] + [UInt8](0..<UInt8(length - 1))
    }

    func sealed(_ index: Int) -> [UInt8] {
        let digits = Array((index == 0 ? first : second).utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}

private let fixtures: [CipherFixture] = [
    CipherFixture(
        cipher: .chacha20Poly1305,
        first: "a39afcba2e4614414d872f586b65b2fadc83de2259a24247c74196692f402e1b07ef74e9",
        second:
            "2fe1f281dda357a4ab4602108e564a2ee09c4cbc8acc90e8b76355a2568f6090c70e13afdb33f8aa3259699b76c73e3f93ab0d9d"),
    CipherFixture(
        cipher: .aes256GCM,
        first: "000000106f0642027f3ed77298fffe9085466fb869a76d63bca4f39c9d25f956434cb4af",
        second:
            "000000206b0aad53aebf361c9d6dc00fd238ddfce688173ab4633906f597aab249d69b8cb00be6c259b8dd1f8a8a24f85120daa2"),
    CipherFixture(
        cipher: .aes128GCM,
        first: "00000010171ae77139dc607234f436badc0ca079355cdec8fff699d3efbd5128bc4483e4",
        second:
            "00000020a60546f6d0b53d63fcf3f7b477ddc2e652ce37e9400f59d7940912d25fe71a97b33a9b500e3474620896aadd7e4d8e79"),
    CipherFixture(
        cipher: .aes256CTR, mac: .sha256,
        first:
            "000000109400cc8f209285cd5d61ef5e4b3e6e1a52eb95464875eb6f84321523a9595eed7a57efa2d1d8df0772e968bb9eb46150",
        second:
            "00000020cc5f7a42f22e31c769af5c2b417b8b80967c3049070ce08e6f9d390a8e48ef91cda1ccf7a4f14dc6468e19e8c65c6494"
            + "692ca7813b6a8e2c5cf5751793d4a5d7"),
    CipherFixture(
        cipher: .aes192CTR, mac: .sha512,
        first: "000000102d82495057f66c96b4d13f08fbe9a5fd7054294500a9be60e5b682ade71610dd376512b7b4d2ab23ac0f9c4385337"
            + "6cdd9f72e0031d795c5ff7c6d2d8f09e6d6ea5673f7c5affec561fbe29e27d8e93d",
        second:
            "00000020dd082a81ca90f237806781ce20cda40ad06a6ad451de09f0acb544ace99c50d39b8b8dc7f48b94b0385686a5fc0b2d0"
            + "b5c225c39c617f1abbbc296377562d0b9a42adcbe997bf82fdcde6bc29f1577e19c3eed751661aa59decc437e14d19086"),
    CipherFixture(
        cipher: .aes128CTR, mac: .sha256,
        first:
            "0000001060a7c6ea3756344e9059d70d381aa0a341b01aac2bcf8eff5368df4a2ec88754ffcfac4786ef723730aee9bbe3a2f2e1",
        second:
            "00000020b481d602b49a39aba3a57ab1659012e4dd6183446f4ffe8bec999243548e486f00fadf6ae439148ce590989f650df589"
            + "2ba62fcde5a99899bf04e9e26ae0bab8"),
]

struct SSHCipherTests {
    @Test(arguments: fixtures) private func packetsAreSealedAsOthersDo(_ fixture: CipherFixture) throws {
        let cipher = try fixture.make(seals: true)
        for index in 0..<2 {
            let plain = fixture.plain(index)
            var packet = plain + [UInt8](repeating: 0, count: cipher.tagOctets)
            let isSealed = Self.apply(&packet) {
                cipher.seal($0, plain.count, sequence: CipherFixture.sequences[index])
            }
            #expect(isSealed)
            #expect(packet == fixture.sealed(index))
        }
    }

    @Test(arguments: fixtures) private func packetsOfOthersAreOpened(_ fixture: CipherFixture) throws {
        let cipher = try fixture.make(seals: false)
        for index in 0..<2 {
            let plain = fixture.plain(index)
            let sequence = CipherFixture.sequences[index]
            var packet = fixture.sealed(index)
            // Reading the length again, as after a short read, changes nothing.
            for _ in 0..<2 {
                let length = Self.apply(&packet) { cipher.length($0, sequence: sequence) }
                #expect(length == CipherFixture.lengths[index])
            }
            let isOpen = Self.apply(&packet) { cipher.open($0, plain.count, sequence: sequence) }
            #expect(isOpen)
            #expect(Array(packet[4..<plain.count]) == Array(plain[4...]))
        }
    }

    @Test(arguments: fixtures) private func aBitChangedAnywhereIsNoticed(_ fixture: CipherFixture) throws {
        let sealed = fixture.sealed(0)
        for place in sealed.indices {
            let cipher = try fixture.make(seals: false)
            var packet = sealed
            packet[place] ^= 0x10
            let isOpen = Self.apply(&packet) { cipher.open($0, 20, sequence: 7) }
            #expect(!isOpen, "octet \(place)")
        }
    }

    @Test(arguments: fixtures) private func packetsBelongToTheirNumbers(_ fixture: CipherFixture) throws {
        let cipher = try fixture.make(seals: false)
        var packet = fixture.sealed(1)
        let isOpen = Self.apply(&packet) { cipher.open($0, 36, sequence: 7) }
        #expect(!isOpen)
    }

    private static func apply<Result>(_ packet: inout [UInt8], _ body: (UnsafeMutablePointer<UInt8>) -> Result)
        -> Result
    {
        packet.withUnsafeMutableBufferPointer {
            guard let start = $0.baseAddress else { preconditionFailure("no packet") }
            return body(start)
        }
    }
}
