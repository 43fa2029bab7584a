import Basics
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 section 10.
    static let vectors = [
        ("", "", ""), ("f", "Zg==", "MY"), ("fo", "Zm8=", "MZXQ"), ("foo", "Zm9v", "MZXW6"),
        ("foob", "Zm9vYg==", "MZXW6YQ"), ("fooba", "Zm9vYmE=", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ]

    @Test(arguments: vectors) func knownVector(plain: String, sixtyFour: String, thirtyTwo: String) {
        let octets = Array(plain.utf8)
        #expect(Base64.text(octets) == sixtyFour)
        #expect(Base64.decode(sixtyFour.utf8) == octets)
        #expect(Base32.text(octets) == thirtyTwo)
        #expect(Base32.decode(thirtyTwo) == octets)
        let padded = thirtyTwo + String(repeating: "=", count: (8 - thirtyTwo.count % 8) % 8)
        #expect(Base32.decode(padded.lowercased()) == octets)
    }

    @Test func everyOctetAndEveryLength() {
        let octets = Array(UInt8.min...UInt8.max)
        for length in 0...octets.count {
            let part = Array(octets.suffix(length))
            #expect(Base64.decode(Base64.encode(part)) == part)
            #expect(Base32.decode(Base32.text(part)) == part)
        }
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9", "====", "=Zg=", "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm-v", "Zm9é",
        "Z===", "==",
    ])
    func refusesEveryOtherSpelling(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test(arguments: ["M", "MZX", "MZXW6Y", "MZ", "M1", "M0======", "MY=", "========", "MZXW6===========", "MY-"])
    func refusesWhatIsNoBase32(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test func takesSecretsAsPeopleTypeThem() {
        #expect(Base32.decode("mzxw 6ytb oi") == Array("foobar".utf8))
    }
}
