public import CredentialCore
public import ReactorCore
import ReactorTesting

/// What every checker of names and passwords keeps to, asked through a portal.
///
/// - Isolation: belongs to the reactor's thread.
public struct CheckerContract {
    /// Who is let in; of the test's own kind, so that the realm has nothing else.
    struct Visitor: Avatar {}

    private let reactor: Reactor
    private let portal: Portal
    private let origin: LoginOrigin

    /// Opens the checker, and sets a portal before it that counts no guesses.
    public init(
        _ reactor: Reactor, door: String = "test", _ make: (CheckerContext) throws -> any CredentialChecker
    ) throws {
        self.reactor = reactor
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: 10_000))
        desk.useThreads(of: reactor)
        portal = Portal(reactor: reactor, realm: Realm(), desk: desk)
        portal.realm.provide(Visitor.self) { identity, _ in .succeeded(Login(identity, avatar: Visitor())) }
        origin = LoginOrigin(door: door, source: "192.0.2.7")
        let checker = try make(portal.context)
        try checker.open()
        portal.checkers = [checker]
    }

    /// What comes of credentials: the name of who is let in, or why nobody is.
    public func outcome(of credential: Credential) -> Result<String, LoginFailure> {
        let deferred = portal.login(credential, as: Visitor.self, from: origin)
        do {
            return .success(try reactor.result(of: deferred, within: .seconds(60)).identity.name)
        } catch {
            return .failure(error as? LoginFailure ?? .unavailable)
        }
    }

    /// What comes of a name with a password.
    public func outcome(_ name: String, _ password: String, code: String? = nil) -> Result<String, LoginFailure> {
        outcome(of: .password(name: name, password: password, code: code))
    }

    /// Names that mean something to a directory, a file or C, and must mean nothing here.
    public static let hostileNames = [
        "*", "*)(uid=*", "ada)(uid=*", "*)(objectClass=*))(|(uid=*", "ada,ou=people", "ada\\2c", "ada\u{0}",
        "ada\u{0}x",
        "ada:", ":ada", "ada\n", "\nada", "ada ", " ada", "#", "+", "@", "../ada", "/etc/passwd", "%s%s%n", "$(id)",
        "-x",
        "ada*", "\u{430}da", "ada\u{301}", "\\", "(", ")", "\"ada\"", String(repeating: "a", count: 255),
        String(repeating: "*", count: 255),
    ]

    /// What is not as it must be, in sentences; empty when all is well.
    public func violations(name: String, password: String) -> [String] {
        var found: [String] = []
        func expect(
            _ what: String, _ typedName: String, _ typedPassword: String, _ expected: Result<String, LoginFailure>
        ) {
            let outcome = outcome(typedName, typedPassword)
            if outcome != expected { found.append("\(what) gave \(outcome)") }
        }
        expect("the right password", name, password, .success(name))
        expect("a name nobody has", "nobody-here", password, .failure(.refused))
        expect("no name", "", password, .failure(.refused))
        expect("no password", name, "", .failure(.refused))
        for hostile in Self.hostileNames {
            expect("the name “\(hostile)”", hostile, password, .failure(.refused))
        }
        let wrong = [
            password + "x", "x" + password, String(password.dropLast()), password.uppercased(), password + "\u{0}",
            password + "\u{0}x", "\u{0}", "*", " ", password + " ", String(repeating: "x", count: 1024),
            String(repeating: "x", count: 5000),
        ]
        for typed in wrong { expect("the password “\(typed.prefix(40))”", name, typed, .failure(.refused)) }
        expect("the right password after all that", name, password, .success(name))
        found += concurrencyViolations(name, password)
        return found
    }

    /// Right and wrong ones at the same time must not be taken for each other.
    private func concurrencyViolations(_ name: String, _ password: String) -> [String] {
        let logins = (0..<12).map { number in
            let typed = number % 3 == 0 ? password : "wrong \(number)"
            return portal.login(.password(name: name, password: typed), as: Visitor.self, from: origin)
        }
        return logins.enumerated().compactMap { number, login in
            let isIn = (try? reactor.result(of: login, within: .seconds(60))) != nil
            return isIn == (number % 3 == 0) ? nil : "login \(number) of many gave \(isIn)"
        }
    }
}
