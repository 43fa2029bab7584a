import CredentialCore
import SSHKeys
import Testing

@Suite struct CredentialTests {
    @Test(arguments: [
        ("Basic YWRhOmNvcnJlY3QgaG9yc2U=", Credential.password(name: "ada", password: "correct horse")),
        ("basic YWRhOmE6Yg==", .password(name: "ada", password: "a:b")),
        ("BASIC  YWRhOng=", .password(name: "ada", password: "x")),
        ("Bearer mF_9.B5f-4.1JqM", .token("mF_9.B5f-4.1JqM")),
    ])
    func httpAuthorization(_ value: String, _ expected: Credential) {
        #expect(Credential(httpAuthorization: value) == expected)
    }

    @Test(arguments: [
        "", "Basic", "Basic ", "Basic !!!", "Basic YWRh", "Basic OnNlY3JldA==", "Basic YWRhOg==", "Basic YWRhOgB4",
        "Basic YWRhOv//", "Bearer ", "Bearer a b", "Bearer \u{e4}", "Digest username=ada", "Negotiate YII=", "YWRhOng=",
        "Bearer " + String(repeating: "x", count: 2000), "Basic " + String(repeating: "YWRh", count: 5000),
    ])
    func hostileHTTPAuthorization(_ value: String) {
        #expect(Credential(httpAuthorization: value) == nil)
    }

    @Test func noDescriptionHoldsASecret() throws {
        let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAe4H7kWALIaHRfED265pS5qv7x5WduPZW++ss96RmOt"
        let shown = SSHSignedKey(
            key: try SSHPublicKey(line: line), algorithm: .ed25519, message: Array("secret".utf8), signature: [])
        let credentials: [Credential] = [
            .password(name: "ada", password: "secret", code: "secret"), .token("secret"),
            .publicKey(name: "ada", shown),
        ]
        for credential in credentials {
            var dumped = ""
            dump(credential, to: &dumped)
            #expect(!"\(credential)\(String(reflecting: credential))\(dumped)".contains("secret"))
        }
    }
}
