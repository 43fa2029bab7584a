import Basics
import Glibc
import SSHKeys
import Testing

@testable import SSHWire

/// Logins made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// Whatever the other end says, and whatever the owner answers: nothing traps, nobody is let in whom the owner has not let
/// in, a probe least of all, what is kept is bounded, and a machine that has failed stays so.
@Suite struct SSHLoginFuzzTests {
    private static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1_000

    private static func text(_ random: inout SeededGenerator) -> String {
        ["", "ada", "eve", "ssh-connection", "爱", String(repeating: "x", count: 1_100)].randomElement(using: &random)
            ?? ""
    }

    private static func algorithm(_ random: inout SeededGenerator) -> String {
        ["ssh-ed25519", "ssh-rsa", "rsa-sha2-256", ""].randomElement(using: &random) ?? ""
    }

    private static func request(_ key: [UInt8], _ random: inout SeededGenerator) -> SSHLoginRequest {
        let methods: [SSHLoginRequest.Method] = [
            .none, .password(text(&random)), .passwordChange(old: text(&random), new: text(&random)),
            .probe(algorithm: algorithm(&random), key: key),
            .signed(algorithm: algorithm(&random), key: key, signature: [1, 2, 3]),
            .keyboardInteractive(submethods: ""),
            .other("hostbased"),
        ]
        let user = Int.random(in: 0..<5, using: &random) == 0 ? text(&random) : "ada"
        return SSHLoginRequest(user: user, method: methods.randomElement(using: &random) ?? .none)
    }

    /// A message as it should be, or cut, or with octets changed, or of nothing but chance.
    private static func damaged(_ message: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var message = message
        switch Int.random(in: 0..<10, using: &random) {
        case 0: message.removeLast(Int.random(in: 0...message.count, using: &random))
        case 1: message += [0]
        case 2, 3:
            for _ in 0..<Int.random(in: 1...3, using: &random) where !message.isEmpty {
                message[Int.random(in: 0..<message.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
        case 4:
            message = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
            }
        default: break
        }
        return message
    }

    private static func questions(_ random: inout SeededGenerator) -> SSHLoginQuestions {
        let count = [0, 1, 2, 16, 20].randomElement(using: &random) ?? 0
        return SSHLoginQuestions((0..<count).map { .init("\($0)", isShown: false) })
    }

    /// What a server may say.
    private static func answer(_ key: SSHPublicKey, _ random: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: SSHLoginRefusal(methods: ["password", "publickey"], isPartialSuccess: false).encoded
        case 1: SSHLoginBanner("hello").encoded
        case 2: SSHKeyAcceptance(algorithm: "ssh-ed25519", key: key.blob).encoded
        case 3: SSHPasswordExpiry(prompt: "New: ").encoded
        case 4: questions(&random).encoded
        default: [52]
        }
    }

    @Test func aServerLetsInWhomItsOwnerLetsIn() throws {
        let key = try SSHServerLoginTests.key().blob
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var login = SSHServerLogin(sessionID: [1, 2])
            var attempt: SSHLoginAttempt?
            var isAccepted = false
            var checkCount = 0
            var hasFailed = false
            for _ in 0..<40 {
                let message =
                    Int.random(in: 0..<3, using: &random) == 0
                    ? SSHLoginAnswers((0..<Int.random(in: 0...3, using: &random)).map { "\($0)" }).encoded
                    : Self.request(key, &random).encoded
                login.receive(Self.damaged(message, &random))
                do {
                    while let action = try login.nextAction() {
                        switch action {
                        case .check(let shown):
                            #expect(attempt == nil, "seed \(seed): one at a time")
                            attempt = shown
                            checkCount += 1
                        case .succeeded(let user): #expect(isAccepted && user == login.user, "seed \(seed)")
                        case .send(let message): #expect(message.first != 52 || isAccepted, "seed \(seed)")
                        }
                    }
                    #expect(!hasFailed, "seed \(seed)")
                } catch {
                    hasFailed = true
                }
                guard let shown = attempt, Bool.random(using: &random) else { continue }
                attempt = nil
                switch Int.random(in: 0..<9, using: &random) {
                case 0:
                    if case .probe = shown.proof {} else { isAccepted = !hasFailed }
                    login.accept()
                case 1: login.refuse(partially: true, methods: [.password, .keyboardInteractive])
                case 2, 3: login.allowKey(true)
                case 4, 5, 6: login.ask(Self.questions(&random))
                case 7: login.expirePassword(prompt: "New: ")
                default: login.refuse()
                }
            }
            #expect(checkCount <= SSHLoginLimits.requests + 40, "seed \(seed)")
            #expect(login.failureCount <= SSHLoginLimits.failures, "seed \(seed)")
        }
    }

    @Test func aClientIsInWhenTheServerSaysSoToAnAttempt() throws {
        let key = try SSHServerLoginTests.key()
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var login = SSHClientLogin(user: "ada", sessionID: [1, 2])
            var sent = 0
            var hasSucceeded = false
            var hasFailed = false
            for _ in 0..<40 {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: login.start()
                case 1: login.attempt(password: "p")
                case 2: login.changePassword(old: "p", new: "q")
                case 3: login.attemptKeyboardInteractive()
                case 4: login.show(key, .ed25519)
                case 5: login.attempt(key, .ed25519, signature: [1])
                case 6: login.answer((0..<Int.random(in: 0...3, using: &random)).map { "\($0)" })
                default: break
                }
                if Bool.random(using: &random) {
                    login.receive(Self.damaged(Self.answer(key, &random), &random))
                }
                do {
                    while let action = try login.nextAction() {
                        #expect(!hasSucceeded, "seed \(seed): nothing comes after the success")
                        switch action {
                        case .send: sent += 1
                        case .succeeded:
                            #expect(sent > 0, "seed \(seed)")
                            hasSucceeded = true
                        default: break
                        }
                    }
                    #expect(!hasFailed, "seed \(seed)")
                } catch {
                    hasFailed = true
                }
            }
        }
    }
}
