import CredentialCore
import ReactorCore

// snippet: plugin-checker
/// `--auth thorns:WORD`: lets in whoever knows the word, under any name.
let thorns = CheckerType("thorns", arguments: "WORD", help: "whoever knows the word") { arguments, _ in
    guard let word = arguments.next(), !word.isEmpty else { throw CheckerFailure("the word is missing") }
    return Thorns(word)
}

private final class Thorns: CredentialChecker {
    let type = "thorns"
    let kinds: Set<Credential.Kind> = [.password]
    private let word: String

    init(_ word: String) {
        self.word = word
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential, password == word else {
            return .succeeded(.refused("wrong word"))
        }
        return .succeeded(.accepted(Identity(name: name, checker: type)))
    }
}
// snippet ends
