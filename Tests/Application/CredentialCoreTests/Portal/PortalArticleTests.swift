import CredentialCore
import ReactorCore
import ReactorTesting
import Testing

// snippet: credential-checker
/// Lets in whoever knows that the password is their name, backwards.
final class MirrorChecker: CredentialChecker {
    static let row = CheckerType("mirror", help: "whoever can spell backwards") { _, context in
        MirrorChecker(context)
    }

    let type = "mirror"
    let kinds: Set<Credential.Kind> = [.password]
    private let context: CheckerContext

    init(_ context: CheckerContext) { self.context = context }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential else { return .succeeded(.refused("no password")) }
        return context.onWorker {
            password == String(name.reversed())
                ? .accepted(Identity(name: name, checker: "mirror")) : .refused("not backwards")
        }
    }
}
// snippet ends

/// A mind.
private final class Terminal {
    var lines: [String] = []
    func show(_ line: String) { lines.append(line) }
}

private struct Shell: Avatar {
    typealias Mind = Terminal
    let name: String
    let terminal: Terminal

    func greet() { terminal.show("Hello, \(name).") }
}

/// The code of the article, run.
@Suite struct PortalArticleTests {
    @Test func aPortalJoinsCheckersAndRealm() throws {
        let (reactor, terminal) = (try Reactor(), Terminal())
        // snippet: credential-portal
        let realm = Realm()
        realm.provide(Shell.self) { identity, terminal in
            .succeeded(Login(identity, avatar: Shell(name: identity.name, terminal: terminal)))
        }
        let portal = Portal(reactor: reactor, realm: realm)
        portal.checkers = [try CheckerTable([MirrorChecker.row]).make("mirror", portal.context)]
        let origin = LoginOrigin(door: "telnet", source: "192.0.2.7")
        let login = portal.login(
            .password(name: "ada", password: "abc"), as: Shell.self, mind: terminal, from: origin)
        login.whenDone { result in
            switch result {
            case .success(let login): login.avatar.greet()
            case .failure(let failure): terminal.show("You are not let in: \(failure)")
            }
        }
        // snippet ends
        #expect(throws: LoginFailure.refused) { try reactor.result(of: login) }
        let second = portal.login(.password(name: "ben", password: "neb"), as: Shell.self, mind: terminal, from: origin)
        try reactor.result(of: second).avatar.greet()
        #expect(terminal.lines == ["You are not let in: refused", "Hello, ben."])
    }
}
