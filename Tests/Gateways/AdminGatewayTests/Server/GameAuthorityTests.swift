import AuditCore
import Basics
import FileAccessTesting
import GatewayCore
import Logging
import ReactorCore
import Testing
import WorldLanguage
import WorldModel
import WorldStore

@testable import AdminGateway

/// A game on a real store in a folder of its own, and its authority.
private final class Stage {
    let folder: TemporaryFolder
    let host: WorldHost
    let authority: GameAuthority
    private let reactor: Reactor

    init(in folder: TemporaryFolder) throws {
        self.folder = folder
        let path = folder.path + "/world.sqlite"
        var options = StoreOptions()
        options.ballastBytes = 0
        let store = try StoredWorld(path: path, options: options)
        let world = World()
        _ = try store.load(into: world)
        reactor = try Reactor()
        host = WorldHost(
            store: store, world: world, reactor: reactor, settings: GameSettings(),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            wallTime: { WallInstant(milliseconds: 1_795_412_460_000) }, onFatal: { Issue.record("\($0)") })
        let stop = Flag()
        authority = GameAuthority(
            game: host.game,
            surroundings: .init(
                version: "9.9", processID: 7, reactor: "epoll",
                doors: [.init(name: "telnet", host: "::1", port: 4000)],
                committer: host.committer, database: path,
                reloadWorld: { .failed(AdminFailure(.failed, "world.yaml:1:1: error: oh")) },
                reload: { .succeeded("limits.idle: 1h → 2h") },
                log: { text throws(AdminFailure) in
                    if text == "loud" { throw AdminFailure(.usage, "“loud” is no level.") }
                    return "Levels: \(text ?? "info")"
                },
                stop: { stop.isSet = true }))
        flag = stop
    }

    final class Flag {
        var isSet = false
    }
    let flag: Flag

    func ask(_ command: AdminCommand) -> AdminAnswer? {
        var result: AdminAnswer?
        authority.perform(command, by: AdminCaller(user: 7, origin: "test")) { answer in
            #expect(result == nil, "answered twice")
            result = answer
        }
        while result == nil { reactor.runOnePass(waitingAtMost: .seconds(10)) }
        return result
    }

    func run(until condition: () -> Bool) {
        while !condition() { reactor.runOnePass(waitingAtMost: .seconds(10)) }
    }
}

@Suite struct GameAuthorityTests {
    private let adaIsMade = AdminCommand.createAccount(name: "ada", password: "correct horse", role: .builder)

    private func message(_ answer: AdminAnswer?) -> String? {
        if case .done(let done)? = answer { return done.message }
        return nil
    }

    private func failure(_ answer: AdminAnswer?) -> AdminFailure.Code? {
        if case .failure(let failure)? = answer { return failure.code }
        return nil
    }

    @Test func accountsAreDurableWhenTheAnswerComes() throws {
        let folder = try TemporaryFolder()
        let stage = try Stage(in: folder)
        #expect(message(stage.ask(adaIsMade)) == "The account Ada is made, with role builder.")
        #expect(stage.host.committer.durable == stage.host.game.world.sequence)
        #expect(failure(stage.ask(adaIsMade)) == .failed)
        #expect(message(stage.ask(.setRole(name: "ADA", role: .admin))) == "Ada has the role admin now.")
        #expect(message(stage.ask(.setPassword(name: "ada", password: "battery staple"))) == "Ada has a new password.")
        #expect(stage.host.stop())

        let later = try Stage(in: folder)
        guard case .accounts(let list)? = later.ask(.accounts) else {
            Issue.record("no list of accounts")
            return
        }
        #expect(list.accounts.map(\.name) == ["Ada"])
        #expect(list.accounts.first?.role == "admin")
        #expect(list.accounts.first?.characters == ["Ada"])
        #expect(later.host.stop())
    }

    @Test func aLostAuthenticatorIsTakenAwayForGood() throws {
        let folder = try TemporaryFolder()
        let stage = try Stage(in: folder)
        _ = stage.ask(adaIsMade)
        #expect(failure(stage.ask(.removeAuthenticator(name: "ada"))) == .failed, "there is none")
        let account = try #require(stage.host.game.world.account(named: "ada"))
        _ = try stage.host.game.administer { turn in
            turn.world.set(.oneTimeSecret, to: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", on: account)
            turn.world.set(.recoveryCodes, to: ["digest"], on: account)
        }
        #expect(message(stage.ask(.removeAuthenticator(name: "ADA"))) == "Ada has no authenticator any more.")
        #expect(stage.host.committer.durable == stage.host.game.world.sequence)
        #expect(stage.host.stop())

        let later = try Stage(in: folder)
        let kept = try #require(later.host.game.world.account(named: "ada"))
        #expect(kept[.oneTimeSecret].isEmpty && kept[.recoveryCodes].isEmpty)
        #expect(later.host.stop())
    }

    @Test func keysAreKept() throws {
        let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAe4H7kWALIaHRfED265pS5qv7x5WduPZW++ss96RmOt"
        let folder = try TemporaryFolder()
        let stage = try Stage(in: folder)
        _ = stage.ask(adaIsMade)
        #expect(failure(stage.ask(.keys(name: "ben"))) == .notFound)
        #expect(failure(stage.ask(.addKey(name: "ada", line: "rubbish"))) == .failed)
        let made = message(stage.ask(.addKey(name: "ADA", line: "\(line) laptop")))
        #expect(made?.hasPrefix("Ada has the key laptop, SHA256:") == true)
        #expect(stage.host.committer.durable == stage.host.game.world.sequence)
        #expect(stage.host.stop())

        let later = try Stage(in: folder)
        guard case .keys(let found)? = later.ask(.keys(name: "ada")) else {
            Issue.record("no list of keys")
            return
        }
        #expect(found.account == "Ada" && found.keys.map(\.name) == ["laptop"])
        #expect(found.keys.first?.line == line && found.keys.first?.lastUsed == nil)
        #expect(made?.contains(found.keys.first?.fingerprint ?? "?") == true)
        #expect(failure(later.ask(.removeKey(name: "ada", key: "phone"))) == .failed)
        #expect(message(later.ask(.removeKey(name: "ada", key: "1")))?.hasSuffix("no longer.") == true)
        guard case .keys(let rest)? = later.ask(.keys(name: "ada")) else { return }
        #expect(rest.keys.isEmpty)
        #expect(failure(later.ask(.revoke(name: "nobody"))) == .notFound)
        #expect(failure(later.ask(.revoke(name: "ada"))) == .failed, "there is nothing left")
        _ = later.ask(.addKey(name: "ada", line: line))
        #expect(message(later.ask(.revoke(name: "ada")))?.hasSuffix("1 other way is taken away.") == true)
        guard case .keys(let none)? = later.ask(.keys(name: "ada")) else { return }
        #expect(none.keys.isEmpty)
        #expect(later.host.stop())
    }

    @Test func addressesAreBannedAndLetInAgain() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(failure(stage.ask(.ban(network: "192.0.2.7", seconds: nil, reason: ""))) == .tryAgain, "it has no root")
        _ = try stage.host.game.administer { turn in _ = turn.world.create(.world) }
        let made = message(stage.ask(.ban(network: "192.0.2.0/24", seconds: 60, reason: "Floods.")))
        #expect(made?.hasPrefix("Nobody is let in from 192.0.2.0/24 until ") == true)
        guard case .bans(let found)? = stage.ask(.bans), let ban = found.bans.first else {
            Issue.record("no bans")
            return
        }
        #expect(ban.network == "192.0.2.0/24" && ban.by == "uid 7" && ban.reason == "Floods." && ban.until != nil)
        #expect(failure(stage.ask(.ban(network: "everybody", seconds: nil, reason: ""))) == .usage)
        #expect(failure(stage.ask(.unban(network: "192.0.2.0"))) == .notFound)
        #expect(message(stage.ask(.unban(network: "192.0.2.*"))) == "People are let in again from 192.0.2.0/24.")
        #expect(stage.host.game.ban(on: "192.0.2.7") == nil)
        #expect(stage.host.stop())
    }

    /// Everything that changes something, done or refused, and no secret; what only looks is not on record.
    @Test func commandsGoOnRecordBeforeTheyAreAnswered() throws {
        let stage = try Stage(in: try TemporaryFolder())
        var records: [AuditEvent] = []
        stage.host.game.audit = { records.append($0) }
        for command in [
            adaIsMade, .setPassword(name: "ada", password: "battery staple"), .removeAuthenticator(name: "ada"),
            .setRole(name: "ada", role: .owner),
            .kick(name: "bob", reason: "enough"), .broadcast("hello"), .reload, .log(levels: "debug"), .cancelShutdown,
        ] {
            let count = records.count
            _ = stage.ask(command)
            #expect(records.count == count + 1)
        }
        for command in [AdminCommand.status, .who, .accounts, .check, .log(levels: nil)] { _ = stage.ask(command) }
        #expect(
            records.map(\.detail) == [
                "create-account role=builder", "set-password",
                "remove-authenticator failure=Ada has no authenticator.", "set-role role=owner",
                "kick reason=enough failure=Nobody called bob is connected.", "broadcast text=hello", "reload",
                "log text=debug", "cancel-shutdown failure=No shutdown is announced.",
            ])
        #expect(records.map(\.subject) == ["ada", "ada", "ada", "ada", "bob", "", "", "", ""])
        #expect(records.allSatisfy { $0.actor == "uid 7" && $0.origin == "test" && $0.kind == .administer })
        #expect(records.filter { $0.outcome == .refused }.count == 3)
        #expect(stage.host.stop())
    }

    @Test(arguments: [
        AdminCommand.who, .accounts, .check, .createAccount(name: "ada", password: "horse battery", role: .player),
    ])
    func noAnswerTellsOfATurnThatIsNotOnDisk(command: AdminCommand) throws {
        let stage = try Stage(in: try TemporaryFolder())
        _ = stage.ask(adaIsMade)
        let game = stage.host.game
        let account = try #require(game.world.account(named: "ada"))
        let sequence = try game.administer { turn in turn.world.set(.role, to: "admin", on: account) }
        var answers = 0
        stage.authority.perform(command, by: AdminCaller(user: 7, origin: "test")) { _ in
            #expect(game.durable >= sequence)
            answers += 1
        }
        #expect(answers == 0)
        stage.run { answers > 0 }
        #expect(stage.host.stop())
    }

    @Test func whatIsNotThereIsNotFound() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(failure(stage.ask(.setRole(name: "nobody", role: .admin))) == .notFound)
        #expect(failure(stage.ask(.setPassword(name: "nobody", password: "correct horse"))) == .notFound)
        #expect(failure(stage.ask(.removeAuthenticator(name: "nobody"))) == .notFound)
        #expect(failure(stage.ask(.kick(name: "nobody", reason: ""))) == .notFound)
        #expect(failure(stage.ask(.cancelShutdown)) == .notFound)
        #expect(stage.host.game.world.sequence == 0)
        _ = stage.host.stop()
    }

    @Test func whatIsWrongIsUsage() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(failure(stage.ask(.createAccount(name: "ada", password: "short", role: .player))) == .usage)
        #expect(failure(stage.ask(.createAccount(name: "", password: "correct horse", role: .player))) == .usage)
        #expect(stage.host.game.world.sequence == 0)
        _ = stage.host.stop()
    }

    @Test func statusTellsTheTruth() throws {
        let stage = try Stage(in: try TemporaryFolder())
        _ = stage.ask(adaIsMade)
        guard case .status(let status)? = stage.ask(.status) else {
            Issue.record("no status")
            return
        }
        #expect(status.reactor == "epoll")
        #expect(status.version == "9.9" && status.pid == 7 && status.state == "running")
        #expect(status.doors == [.init(name: "telnet", host: "::1", port: 4000)])
        #expect(status.turns == 1 && status.durable == 1 && !status.readOnly)
        #expect(status.store["turns_committed"] == 1)
        #expect(status.players == 0 && status.sessions == 0)
        #expect(stage.ask(.who) == .players(AdminPlayers([])))
        _ = stage.host.stop()
    }

    @Test func backupHoldsEverythingAndIsNotReplacedUnasked() throws {
        let stage = try Stage(in: try TemporaryFolder())
        _ = stage.ask(adaIsMade)
        let target = stage.folder.path + "/copy.sqlite"
        guard case .backup(let backup)? = stage.ask(.backup(path: target, replace: false)) else {
            Issue.record("no backup")
            return
        }
        #expect(backup.path == target && backup.turns == 1 && backup.bytes > 0)
        #expect(backup.things == stage.host.game.world.things.count)
        #expect(checkStore(at: target).problems == [])
        #expect(failure(stage.ask(.backup(path: target, replace: false))) == .failed)
        guard case .backup? = stage.ask(.backup(path: target, replace: true)) else {
            Issue.record("not replaced")
            return
        }
        _ = stage.host.stop()
    }

    @Test func soundWorldHasNoProblems() throws {
        let stage = try Stage(in: try TemporaryFolder())
        _ = stage.ask(adaIsMade)
        let things = stage.host.game.world.things.count
        #expect(stage.ask(.check) == .check(AdminCheck(problems: [], things: things, turns: 1)))
        _ = stage.host.stop()
    }

    @Test func wrongWorldFilesAreReported() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(stage.ask(.reloadWorld) == .failure(AdminFailure(.failed, "world.yaml:1:1: error: oh")))
        _ = stage.host.stop()
    }

    @Test func configurationAndLogAreTheProgramsBusiness() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(message(stage.ask(.reload)) == "limits.idle: 1h → 2h")
        #expect(message(stage.ask(.log(levels: nil))) == "Levels: info")
        #expect(message(stage.ask(.log(levels: "debug"))) == "Levels: debug")
        #expect(stage.ask(.log(levels: "loud")) == .failure(AdminFailure(.usage, "“loud” is no level.")))
        _ = stage.host.stop()
    }

    @Test func shutdownEndsTheProgramAndCanBeCalledOff() throws {
        let stage = try Stage(in: try TemporaryFolder())
        #expect(message(stage.ask(.shutdown(seconds: 300, reason: ""))) == "The server stops in 5 minutes.")
        #expect(message(stage.ask(.cancelShutdown)) == "The shutdown is called off.")
        #expect(message(stage.ask(.shutdown(seconds: 0, reason: "Bye."))) == "The server stops now.")
        stage.run { stage.flag.isSet }
        _ = stage.host.stop()
    }
}
