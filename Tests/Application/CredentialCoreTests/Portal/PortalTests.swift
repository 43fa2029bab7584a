import Basics
import ReactorCore
import ReactorTesting
import Testing

@testable import CredentialCore

/// A shell with a mind to speak to, and a mailbox without one.
private struct Shell: Avatar {
    final class Terminal { var seen: [String] = [] }
    typealias Mind = Terminal

    let name: String
    let terminal: Terminal
}

private struct Mailbox: Avatar { let name: String }
private struct Throne: Avatar {}

/// A checker that answers as it is told, and when it is told.
private final class ScriptedChecker: CredentialChecker {
    let type: String
    let kinds: Set<Credential.Kind>
    var answer: (Credential) -> Deferred<CheckerVerdict>
    var asked = 0

    init(_ type: String, kinds: Set<Credential.Kind> = [.password], _ answer: CheckerVerdict) {
        self.type = type
        self.kinds = kinds
        self.answer = { _ in .succeeded(answer) }
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        asked += 1
        return answer(credential)
    }
}

@Suite struct PortalTests {
    private let origin = LoginOrigin(door: "test", source: "192.0.2.7")
    private let right = Credential.password(name: "ada", password: "x")

    private func makePortal(
        _ checkers: [any CredentialChecker], limit: Int = 10, waiting: Int = 256
    ) throws -> (Portal, Reports) {
        let desk = CredentialDesk(cost: .trivial, budget: GuessBudget(limit: limit), waitingLimit: waiting)
        let portal = Portal(reactor: try Reactor(), realm: Realm(), desk: desk, checkers: checkers)
        portal.realm.provide(Shell.self) { identity, terminal in
            terminal.seen.append("hello")
            return .succeeded(
                Login(identity, avatar: Shell(name: identity.name, terminal: terminal)) { terminal.seen.append("bye") })
        }
        portal.realm.provide(Mailbox.self) { identity, _ in
            guard identity.name != "ben" else { throw LoginFailure.notAdmitted("No mail for Ben.") }
            return .succeeded(Login(identity, avatar: Mailbox(name: identity.name)))
        }
        let reports = Reports()
        portal.report = { reports.all.append($0) }
        return (portal, reports)
    }

    private final class Reports { var all: [LoginReport] = [] }

    private func failure<Who: Avatar>(_ login: Deferred<Login<Who>>) -> LoginFailure? {
        do {
            _ = try login.resultNow()
            return nil
        } catch { return error as? LoginFailure }
    }

    @Test func avatarsAreOfTheTypeAskedForAndKnowTheirMind() throws {
        let (portal, reports) = try makePortal([ScriptedChecker("a", .accepted(Identity(name: "Ada", checker: "a")))])
        let terminal = Shell.Terminal()
        let login = try portal.login(right, as: Shell.self, mind: terminal, from: origin).resultNow()
        #expect(login.avatar.name == "Ada" && login.avatar.terminal === terminal && login.isOpen)
        login.logout()
        login.logout()
        #expect(terminal.seen == ["hello", "bye"] && !login.isOpen)
        #expect(try portal.login(right, as: Mailbox.self, from: origin).resultNow().avatar.name == "Ada")
        #expect(failure(portal.login(right, as: Throne.self, from: origin)) == .unavailable)
        #expect(reports.all.map(\.failure) == [nil, nil, .unavailable])
    }

    @Test func theFirstWhoAcceptsDecidesAndAllAreAskedForAWrongOne() throws {
        let (first, second) = (
            ScriptedChecker("first", .refused("no such name")),
            ScriptedChecker("second", .accepted(Identity(name: "ada", checker: "second")))
        )
        let third = ScriptedChecker("third", .accepted(Identity(name: "other", checker: "third")))
        let (portal, _) = try makePortal([first, second, third])
        #expect(try portal.login(right, as: Mailbox.self, from: origin).resultNow().identity.checker == "second")
        #expect((first.asked, second.asked, third.asked) == (1, 1, 0))
    }

    @Test func theClientIsToldNothingAndTheLogAll() throws {
        let (portal, reports) = try makePortal([
            ScriptedChecker("first", .refused("no such name")), ScriptedChecker("second", .refused("wrong password")),
        ])
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .refused)
        #expect(reports.all.first?.reason == "first: no such name; second: wrong password")
        #expect(reports.all.first?.name == "ada" && reports.all.first?.origin == origin)
    }

    @Test func aRealmMayTurnSomebodyAway() throws {
        let (portal, reports) = try makePortal([ScriptedChecker("a", .accepted(Identity(name: "ben", checker: "a")))])
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .notAdmitted("No mail for Ben."))
        #expect(reports.all.count == 1)
    }

    @Test func checkersAreAskedOnlyForWhatTheyKnow() throws {
        let tokens = ScriptedChecker("t", kinds: [.token], .accepted(Identity(name: "ada", checker: "t")))
        let (portal, _) = try makePortal([tokens, AnonymousChecker()])
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .refused)
        #expect(tokens.asked == 0)
        #expect(try portal.login(.token("x"), as: Mailbox.self, from: origin).resultNow().identity.name == "ada")
        #expect(try portal.login(.anonymous, as: Mailbox.self, from: origin).resultNow().identity.isAnonymous)
    }

    @Test func nothingUnpresentableReachesAChecker() throws {
        let checker = ScriptedChecker(
            "a", kinds: Set(Credential.Kind.allCases), .accepted(Identity(name: "ada", checker: "a")))
        let (portal, _) = try makePortal([checker])
        let long = String(repeating: "x", count: 2000)
        let hostile: [Credential] = [
            .password(name: "", password: "x"), .password(name: "ada", password: ""),
            .password(name: long, password: "x"),
            .password(name: "ada", password: long), .password(name: "ada\u{0}", password: "x"),
            .password(name: "ada", password: "x\u{0}"), .password(name: " ada", password: "x"),
            .password(name: "ada\n", password: "x"), .password(name: "ada", password: "x", code: long), .token(""),
            .token(long),
        ]
        for credential in hostile {
            #expect(failure(portal.login(credential, as: Mailbox.self, from: origin)) == .refused)
        }
        #expect(checker.asked == 0)
    }

    /// One budget for all checkers and doors, and a right password does not wash away another account's guesses.
    @Test func guessesAreCountedOnceForAllCheckersAndDoors() throws {
        let (first, second) = (ScriptedChecker("a", .refused("no")), ScriptedChecker("b", .refused("no")))
        let (portal, _) = try makePortal([first, second], limit: 3)
        for number in 0..<3 {
            let place = LoginOrigin(door: "door\(number)", source: "192.0.2.\(number)")
            #expect(failure(portal.login(right, as: Mailbox.self, from: place)) == .refused)
        }
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
        #expect((first.asked, second.asked) == (3, 3))
        let capitals = Credential.password(name: "ADA", password: "x")
        #expect(failure(portal.login(capitals, as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
    }

    @Test func guessedTokensAreCountedBySource() throws {
        let (portal, _) = try makePortal([ScriptedChecker("t", kinds: [.token], .refused("no"))], limit: 3)
        for number in 0..<3 {
            #expect(failure(portal.login(.token("x\(number)"), as: Mailbox.self, from: origin)) == .refused)
        }
        #expect(
            failure(portal.login(.token("y"), as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
        let elsewhere = LoginOrigin(door: "test", source: "192.0.2.8")
        #expect(failure(portal.login(.token("y"), as: Mailbox.self, from: elsewhere)) == .refused)
    }

    @Test func aCheckerThatIsAwayChargesNothingUnlessAnotherRefused() throws {
        struct Away: Error {}
        let away = ScriptedChecker("away", .refused(""))
        away.answer = { _ in .failed(Away()) }
        let (portal, _) = try makePortal([away], limit: 3)
        for _ in 0..<10 { #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .unavailable) }
        portal.checkers.append(ScriptedChecker("b", .refused("no")))
        for _ in 0..<3 { #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .refused) }
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
    }

    /// What several checkers said, what the client is told, and whether the guess stays charged.
    private static let findings: [(said: [CheckerVerdict], told: LoginFailure?, isCharged: Bool)] = [
        ([.unavailable("it rains")], .unavailable, false),
        ([.unavailable("it rains"), .unavailable("it snows")], .unavailable, false),
        ([.unknown("no such name"), .unavailable("it rains")], .unavailable, false),
        ([.unavailable("it rains"), .unknown("no such name")], .unavailable, false),
        ([.refused("wrong password"), .unavailable("it rains")], .refused, true),
        ([.unavailable("it rains"), .refused("wrong password")], .refused, true),
        ([.unknown("no such name"), .unknown("no such name")], .refused, true),
        ([.unknown("no such name"), .refused("wrong password")], .refused, true),
        ([.unavailable("it rains"), .codeMissing], .codeWanted, true),
        ([.unavailable("it rains"), .codeWanted], .codeWanted, true),
        ([.unavailable("it rains"), .accepted(Identity(name: "ada", checker: "b"))], nil, false),
    ]

    /// An outage makes no right password wrong, and no guess at what others know free.
    @Test func allCheckersTogetherDecide() throws {
        for (said, told, isCharged) in Self.findings {
            let checkers = said.enumerated().map { ScriptedChecker("checker \($0)", $1) }
            let (portal, reports) = try makePortal(checkers, limit: 1)
            #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == told, "\(said)")
            let second = failure(portal.login(right, as: Mailbox.self, from: origin))
            let expected: LoginFailure? = isCharged ? .tooManyGuesses(wait: .seconds(600)) : told
            #expect(second == expected, "\(said)")
            #expect(reports.all.first?.failure == told)
            if isCharged { continue }
            // Nor is the source charged.
            for number in 0..<4 {
                let other = Credential.password(name: "user\(number)", password: "x")
                #expect(failure(portal.login(other, as: Mailbox.self, from: origin)) == told, "\(said)")
            }
        }
    }

    @Test func outagesAreReportedOnceAMinuteForEachChecker() throws {
        let test = try TestReactor()
        let first = ScriptedChecker("first", .unavailable("it rains"))
        let second = ScriptedChecker("second", .unknown("no such name"))
        let desk = CredentialDesk(cost: .trivial)
        let portal = Portal(reactor: test.reactor, realm: Realm(), desk: desk, checkers: [first, second])
        portal.realm.provide(Mailbox.self) { identity, _ in
            .succeeded(Login(identity, avatar: Mailbox(name: identity.name)))
        }
        var reported: [String] = []
        portal.reportOutage = { reported.append("\($0.checker): \($0.reason)") }
        func knock() { _ = failure(portal.login(right, as: Mailbox.self, from: origin)) }
        for _ in 0..<3 { knock() }
        #expect(reported == ["first: it rains"])
        #expect(portal.outages.map(\.checker) == ["first"])
        second.answer = { _ in .succeeded(.unavailable("it snows")) }
        test.advance(by: .seconds(59))
        knock()
        #expect(reported == ["first: it rains", "second: it snows"])
        #expect(portal.outages.map(\.checker) == ["first", "second"])
        first.answer = { _ in .succeeded(.refused("wrong password")) }
        knock()
        #expect(portal.outages.map(\.checker) == ["second"])
        first.answer = { _ in .succeeded(.unavailable("it rains again")) }
        knock()
        #expect(reported.count == 2, "whoever comes and goes does not fill the log")
        test.advance(by: .seconds(2))
        knock()
        #expect(reported.dropFirst(2) == ["first: it rains again"])
        test.advance(by: .seconds(300))
        #expect(portal.outages.isEmpty, "nobody has asked for long")
        knock()
        portal.checkers = [second]
        #expect(portal.outages.map(\.checker) == ["second"])
    }

    /// The look-up of a secret is charged like a guess, unless nobody could look it up.
    @Test func aSecretThatCannotBeLookedUpChargesNothing() throws {
        final class Keeper: SCRAMSecretKeeper {
            struct Away: Error {}
            let type = "keeper"
            let kinds: Set<Credential.Kind> = [.password]
            let scramIterations: UInt32? = nil
            var isAway = true

            func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
                .succeeded(.unknown("no such name"))
            }

            func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
                isAway ? .failed(Away()) : .succeeded(nil)
            }
        }
        let (keeper, other) = (Keeper(), Keeper())
        other.isAway = false
        let (portal, _) = try makePortal([keeper, other], limit: 2)
        for _ in 0..<5 {
            #expect(throws: LoginFailure.unavailable) { try portal.lookUp("ada", from: origin).resultNow() }
        }
        #expect(portal.outages.count == 1)
        keeper.isAway = false
        for _ in 0..<2 { #expect(throws: Never.self) { try portal.lookUp("ada", from: origin).resultNow() } }
        #expect(throws: LoginFailure.tooManyGuesses(wait: .seconds(600))) {
            try portal.lookUp("ada", from: origin).resultNow()
        }
    }

    @Test func codesAreGuessesToo() throws {
        let (portal, _) = try makePortal([ScriptedChecker("a", .codeWanted)], limit: 3)
        for _ in 0..<3 { #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .codeWanted) }
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
    }

    /// A checker that wants a code before it has judged the password neither frees guesses nor shuts out the others.
    @Test func codesWantedOfEverybodyAreChargedToTheSource() throws {
        let (first, second) = (ScriptedChecker("a", .codeMissing), ScriptedChecker("b", .refused("no")))
        let (portal, _) = try makePortal([first, second], limit: 3)
        for number in 0..<9 {
            let guess = Credential.password(name: "user\(number)", password: "x")
            #expect(failure(portal.login(guess, as: Mailbox.self, from: origin)) == .codeWanted)
        }
        #expect(second.asked == 9)
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .tooManyGuesses(wait: .seconds(600)))
        second.answer = { _ in .succeeded(.accepted(Identity(name: "ada", checker: "b"))) }
        let elsewhere = LoginOrigin(door: "test", source: "192.0.2.8")
        #expect(failure(portal.login(right, as: Mailbox.self, from: elsewhere)) == nil)
    }

    @Test func loginsUnderWayAreBounded() throws {
        let checker = ScriptedChecker("a", .refused(""))
        var waiting: [Deferred<CheckerVerdict>] = []
        checker.answer = { _ in
            waiting.append(Deferred())
            return waiting[waiting.count - 1]
        }
        let (portal, _) = try makePortal([checker], waiting: 2)
        let logins = (0..<2).map { number in
            portal.login(.password(name: "user\(number)", password: "x"), as: Mailbox.self, from: origin)
        }
        #expect(failure(portal.login(right, as: Mailbox.self, from: origin)) == .unavailable)
        for verdict in waiting { verdict.succeed(.accepted(Identity(name: "ada", checker: "a"))) }
        for login in logins { #expect(throws: Never.self) { try login.resultNow() } }
        _ = portal.login(right, as: Mailbox.self, from: origin)
        #expect(waiting.count == 3)
    }

    @Test func aCancelledLoginMakesRoomAndNoAvatar() throws {
        let checker = ScriptedChecker("a", .refused(""))
        var kept: [Deferred<CheckerVerdict>] = []
        checker.answer = { _ in
            kept.append(Deferred())
            return kept[kept.count - 1]
        }
        let (portal, _) = try makePortal([checker], waiting: 1)
        for _ in 0..<5 {
            let login = portal.login(right, as: Mailbox.self, from: origin)
            #expect(portal.desk.waiting == 1)
            login.cancel()
            #expect(throws: (any Error).self) { try login.resultNow() }
            #expect(portal.desk.waiting == 0)
        }
    }

    /// Nobody knows who it is, so nobody but the server can have said so.
    @Test func aProofNeedsNoChecker() throws {
        let (portal, _) = try makePortal([])
        let proof = Credential.proven(Proof(name: "ada", method: "EXTERNAL"))
        #expect(try portal.login(proof, as: Mailbox.self, from: origin).resultNow().identity.checker == "EXTERNAL")
    }
}
