import SSHKeys
import Testing

@testable import SSHWire

/// The messages of the login, as octets and back.
@Suite struct SSHLoginMessageTests {
    /// The string type of RFC 4251 section 5.
    static func string(_ text: String) -> [UInt8] {
        [0, 0, UInt8(truncatingIfNeeded: text.utf8.count >> 8), UInt8(truncatingIfNeeded: text.utf8.count)]
            + Array(text.utf8)
    }

    static let requests: [(SSHLoginRequest, [UInt8])] = [
        (SSHLoginRequest(user: "ada", method: .none), [50] + string("ada") + string("ssh-connection") + string("none")),
        (
            SSHLoginRequest(user: "ada", method: .password("s3cret")),
            [50] + string("ada") + string("ssh-connection") + string("password") + [0] + string("s3cret")
        ),
        (
            SSHLoginRequest(user: "爱达", service: "x", method: .passwordChange(old: "", new: "n")),
            [50] + string("爱达") + string("x") + string("password") + [1] + string("") + string("n")
        ),
        (
            SSHLoginRequest(user: "ada", method: .probe(algorithm: "ssh-ed25519", key: [1, 2])),
            [50] + string("ada") + string("ssh-connection") + string("publickey") + [0] + string("ssh-ed25519")
                + [0, 0, 0, 2, 1, 2]
        ),
        (
            SSHLoginRequest(user: "ada", method: .signed(algorithm: "rsa-sha2-512", key: [1], signature: [9])),
            [50] + string("ada") + string("ssh-connection") + string("publickey") + [1] + string("rsa-sha2-512")
                + [0, 0, 0, 1, 1, 0, 0, 0, 1, 9]
        ),
        (
            SSHLoginRequest(user: "ada", method: .keyboardInteractive(submethods: "otp")),
            [50] + string("ada") + string("ssh-connection") + string("keyboard-interactive") + string("")
                + string("otp")
        ),
    ]

    @Test(arguments: requests.indices) func requestsHaveTheirForm(_ index: Int) throws {
        let (request, octets) = Self.requests[index]
        #expect(request.encoded == octets)
        var reader = SSHReader(octets, from: 1)
        #expect(try SSHLoginRequest(&reader) == request)
        for end in 1..<octets.count {
            #expect(throws: SSHDataFailure.self) {
                var reader = SSHReader(Array(octets[..<end]), from: 1)
                _ = try SSHLoginRequest(&reader)
            }
        }
        #expect(throws: SSHDataFailure.trailing) {
            var reader = SSHReader(octets + [0], from: 1)
            _ = try SSHLoginRequest(&reader)
        }
    }

    @Test func aMethodThatIsNotSpokenMayHoldAnything() throws {
        var reader = SSHReader(
            Self.string("ada") + Self.string("ssh-connection") + Self.string("hostbased") + [1, 2, 3])
        #expect(try SSHLoginRequest(&reader).method == .other("hostbased"))
    }

    @Test func aDescriptionHasNoSecret() {
        let request = SSHLoginRequest(user: "ada", method: .passwordChange(old: "s3cret", new: "s4cret"))
        #expect("\(request)" == "password for ada")
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!dumped.contains("cret"))
        let attempt = SSHLoginAttempt(user: "ada", proof: .answers(["s3cret"]))
        dumped = "\(attempt) \(attempt.proof)"
        dump(attempt, to: &dumped)
        dump(attempt.proof, to: &dumped)
        #expect(!dumped.contains("cret"))
    }

    /// RFC 4252 section 7 names the fields one by one.
    @Test func whatIsSignedIsBoundToTheConnection() {
        let message = SSHLoginRequest.signedMessage(
            sessionID: [7, 8], user: "ada", service: "ssh-connection", algorithm: "ssh-ed25519", key: [1, 2])
        #expect(
            message
                == [0, 0, 0, 2, 7, 8, 50] + Self.string("ada") + Self.string("ssh-connection")
                + Self.string("publickey") + [1]
                + Self.string("ssh-ed25519") + [0, 0, 0, 2, 1, 2])
    }

    @Test func aRefusalHasItsForm() throws {
        let refusal = SSHLoginRefusal(methods: ["publickey", "password"], isPartialSuccess: true)
        #expect(refusal.encoded == [51] + Self.string("publickey,password") + [1])
        var reader = SSHReader(refusal.encoded, from: 1)
        #expect(try SSHLoginRefusal(&reader) == refusal)
    }

    @Test func aBannerHasItsForm() throws {
        let banner = SSHLoginBanner("Welcome.\r\n")
        #expect(banner.encoded == [53] + Self.string("Welcome.\r\n") + Self.string(""))
        var reader = SSHReader(banner.encoded, from: 1)
        #expect(try SSHLoginBanner(&reader) == banner)
        reader = SSHReader([0, 0, 0, 1, 0xFF] + Self.string("en"))
        #expect(try SSHLoginBanner(&reader).text == "\u{FFFD}")
    }

    @Test func anAcceptanceOfAKeyHasItsForm() throws {
        let acceptance = SSHKeyAcceptance(algorithm: "ssh-ed25519", key: [1])
        #expect(acceptance.encoded == [60] + Self.string("ssh-ed25519") + [0, 0, 0, 1, 1])
        var reader = SSHReader(acceptance.encoded, from: 1)
        #expect(try SSHKeyAcceptance(&reader) == acceptance)
    }

    @Test func anExpiryOfAPasswordHasItsForm() throws {
        let expiry = SSHPasswordExpiry(prompt: "Choose another: ")
        #expect(expiry.encoded == [60] + Self.string("Choose another: ") + Self.string(""))
        var reader = SSHReader(expiry.encoded, from: 1)
        #expect(try SSHPasswordExpiry(&reader) == expiry)
    }

    /// The example of RFC 4256 section 3.5.
    @Test func questionsAndAnswersHaveTheirForm() throws {
        let questions = SSHLoginQuestions(
            name: "CRYPTOCard Authentication", instruction: "The challenge is '14315716'",
            [.init("Response: ", isShown: true)])
        #expect(
            questions.encoded
                == [60] + Self.string("CRYPTOCard Authentication") + Self.string("The challenge is '14315716'")
                + Self.string("") + [0, 0, 0, 1] + Self.string("Response: ") + [1])
        var reader = SSHReader(questions.encoded, from: 1)
        #expect(try SSHLoginQuestions(&reader) == questions)
        let answers = SSHLoginAnswers(["6d757575"])
        #expect(answers.encoded == [61, 0, 0, 0, 1] + Self.string("6d757575"))
        reader = SSHReader(answers.encoded, from: 1)
        #expect(try SSHLoginAnswers(&reader) == answers)
    }

    @Test func noNumberOfQuestionsOrAnswersIsBelieved() {
        let head = Self.string("") + Self.string("") + Self.string("")
        for count in [[0, 0, 0, 17], [0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]] {
            #expect(throws: SSHDataFailure.tooLong) {
                var reader = SSHReader(head + count)
                _ = try SSHLoginQuestions(&reader)
            }
            #expect(throws: SSHDataFailure.tooLong) {
                var reader = SSHReader(count)
                _ = try SSHLoginAnswers(&reader)
            }
        }
    }
}
