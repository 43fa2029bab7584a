import SASLWire
import Testing

@Suite struct SASLMechanismTests {
    @Test(arguments: [
        ("PLAIN", SASLMechanism.plain), ("plain", .plain), ("Login", .login), ("EXTERNAL", .external),
        ("SCRAM-SHA-256", .scramSHA256), ("scram-sha-256-plus", .scramSHA256Plus),
    ])
    func known(text: String, mechanism: SASLMechanism) {
        #expect(SASLMechanism(text) == mechanism)
    }

    @Test func twentyCharactersAndNoMore() {
        #expect(SASLMechanism("A_B-0123456789012345")?.name == "A_B-0123456789012345")
        for text in ["", "A_B-01234567890123456", "PLAIN ", "PLÄIN", "A B", "A=B", "A\0"] {
            #expect(SASLMechanism(text) == nil, "\(text)")
        }
    }
}
