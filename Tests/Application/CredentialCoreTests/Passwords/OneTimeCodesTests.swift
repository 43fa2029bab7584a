import Basics
import Testing

@testable import CredentialCore

@Suite struct OneTimeCodesTests {
    private let now = WallInstant(milliseconds: 3_000_000)

    @Test func eachCodeOnceForEachAccountAndSecret() throws {
        let secret = try #require(OneTimeSecret(octets: Array("12345678901234567890".utf8)))
        var codes = OneTimeCodes()
        func take(_ counter: UInt64, of account: String, _ secret: OneTimeSecret) -> Bool {
            codes.take(secret.code(counter: counter), of: account, secret, at: now)
        }
        #expect(take(100, of: "ada", secret))
        #expect(!take(100, of: "Ada", secret), "once")
        #expect(!take(99, of: "ada", secret), "older than the last")
        #expect(take(100, of: "ben", secret), "another's")
        #expect(!take(102, of: "ada", secret), "too early")
        let other = try #require(OneTimeSecret(octets: Array("abcdefghijabcdefghij".utf8)))
        #expect(take(100, of: "ada", other), "a new secret begins anew")
        #expect(!take(100, of: "ada", other))
    }
}
