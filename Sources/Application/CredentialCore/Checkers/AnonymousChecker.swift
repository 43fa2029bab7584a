package import ReactorCore

/// Lets everybody in who shows nothing, as nobody in particular.
package final class AnonymousChecker: CredentialChecker {
    static let row = CheckerType("anonymous", help: "whoever shows nothing, as nobody in particular") { _, _ in
        AnonymousChecker()
    }

    package let type = "anonymous"
    package let kinds: Set<Credential.Kind> = [.anonymous]

    package init() {}

    package func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        .succeeded(.accepted(Identity(name: "", checker: type)))
    }
}
