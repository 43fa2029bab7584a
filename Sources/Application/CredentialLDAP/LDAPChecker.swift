#if LDAP
import Basics
import CLDAP
import CredentialCore
import ReactorCore

/// Lets in whoever can bind to a directory as the entry with their name.
///
/// ```text
///   worker:  password file, certificates, connect, StartTLS
///   loop:    bind as the searcher → search for the entry → bind as the entry with the password
/// ```
///
/// For a name nobody has, a bind is tried as an entry that does not exist, so that it takes about as long: whether the
/// directory does the same work for that as for a wrong password is up to it, and the cost of each entry's hash is not known here. A
/// connection serves one login. Referrals are not followed.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: the setting's time-out for each login; the portal's for logins at a time.
/// - Source: RFC 4511, RFC 4513 section 5.1.
final class LDAPChecker: CredentialChecker {
    let type = "ldap"
    let kinds: Set<Credential.Kind> = [.password]
    private let setting: LDAPSetting
    private let context: CheckerContext

    init(_ setting: LDAPSetting, _ context: CheckerContext) {
        self.setting = setting
        self.context = context
    }

    /// The directory itself may be away at the start: it is asked when somebody comes.
    func open() throws {
        _ = try setting.readPassword()
        LDAPConnection.free(try LDAPConnection.makeHandle(setting))
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential, !name.isEmpty, !password.isEmpty else {
            return .succeeded(.refused("no password"))
        }
        let login = LDAPLogin(name, Array(password.utf8), setting, context, type)
        return login.run()
    }
}

/// One login.
private final class LDAPLogin {
    private let name: String
    private let password: [UInt8]
    private let setting: LDAPSetting
    private let context: CheckerContext
    private let type: String
    private let verdict = Deferred<CheckerVerdict>()
    private var connection: LDAPConnection?
    private var alarm: DelayedCall?

    init(
        _ name: String, _ password: [UInt8], _ setting: LDAPSetting, _ context: CheckerContext, _ type: String
    ) {
        self.name = name
        self.password = password
        self.setting = setting
        self.context = context
        self.type = type
    }

    func run() -> Deferred<CheckerVerdict> {
        alarm = context.reactor.callLater(.seconds(setting.timeout)) { [self] in
            end(.unavailable("no answer in \(setting.timeout) s"))
        }
        context.onWorker { [setting] in try Self.prepare(setting) }.whenDone { [self] result in
            let (handle, secret): (LDAPConnection.Handle, [UInt8])
            switch result {
            case .success(let ready): (handle, secret) = (ready.handle, ready.secret)
            case .failure(let error): return end(.unavailable("\(error)"))
            }
            // The time may have run out meanwhile.
            guard !verdict.isFired, let made = try? LDAPConnection(handle, on: context.reactor) else {
                LDAPConnection.free(handle)
                return end(.unavailable("no connection"))
            }
            connection = made
            converse(over: made, secret).whenDone { result in
                switch result {
                case .success(let verdict): self.end(verdict)
                case .failure(let error): self.end(.unavailable("\(error)"))
                }
            }
        }
        return verdict
    }

    /// What takes files and the network: a connected handle, and the searcher's password; blocks.
    private static func prepare(
        _ setting: LDAPSetting
    ) throws(CheckerFailure) -> (handle: LDAPConnection.Handle, secret: [UInt8]) {
        let secret = try setting.readPassword()
        let handle = try LDAPConnection.makeHandle(setting)
        do throws(CheckerFailure) {
            try LDAPConnection.connect(handle, setting)
        } catch {
            LDAPConnection.free(handle)
            throw error
        }
        return (handle, secret)
    }

    private func end(_ result: CheckerVerdict) {
        alarm?.cancel()
        alarm = nil
        let former = connection
        connection = nil
        if !verdict.isFired { verdict.succeed(result) }
        former?.close()
    }

    private func converse(over connection: LDAPConnection, _ secret: [UInt8]) -> Deferred<CheckerVerdict> {
        switch setting.lookup {
        case .template(let template):
            // Whatever is more than that, a directory may take for another spelling of the same name.
            guard name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                return .succeeded(.unknown("no such entry"))
            }
            return bind(LDAPSetting.fill(template, with: name), as: name, over: connection)
        case .search(let base, let filter):
            let searcher = setting.searcher.map { connection.bind($0, secret) }
            let ready = searcher ?? .succeeded(LDAPConnection.Answer(code: LDAP_SUCCESS))
            return ready.flatMap { [self] answer in
                guard answer.code == LDAP_SUCCESS else {
                    throw CheckerFailure("the searcher: \(LDAPConnection.failure(answer.code))")
                }
                return connection.search(
                    base, LDAPSetting.fill(filter, with: name), attribute: setting.nameAttribute)
            }.flatMap { [self] in try take($0, base, over: connection) }
        }
    }

    private func take(
        _ answer: LDAPConnection.Answer, _ base: String, over connection: LDAPConnection
    ) throws -> Deferred<CheckerVerdict> {
        switch answer.code {
        case LDAP_SUCCESS, LDAP_SIZELIMIT_EXCEEDED, LDAP_NO_SUCH_OBJECT: break
        default: throw CheckerFailure("the search: \(LDAPConnection.failure(answer.code))")
        }
        let entry = answer.code == LDAP_SUCCESS && answer.entries.count == 1 ? answer.entries.first : nil
        // A directory also finds names that are spelled otherwise, and each spelling would have guesses of its own.
        let account = entry?.values.first { $0.folded == name.folded }
        if let entry, let account, !entry.name.isEmpty { return bind(entry.name, as: account, over: connection) }
        let reason =
            switch answer.entries.count {
            case 0: "no such entry"
            case 1: "the entry's \(setting.nameAttribute) is another name"
            default: "more than one entry"
            }
        let nobody = "cn=\(String(UInt64.random(in: .min ... .max), radix: 36)),\(base)"
        return connection.bind(nobody, password).map { _ in .unknown(reason) }
    }

    private func bind(
        _ entry: String, as account: String, over connection: LDAPConnection
    ) -> Deferred<CheckerVerdict> {
        connection.bind(entry, password).map { [self] answer in
            switch answer.code {
            case LDAP_SUCCESS: return .accepted(Identity(name: account, checker: type))
            case LDAP_BUSY, LDAP_UNAVAILABLE, LDAP_OTHER, LDAP_OPERATIONS_ERROR, LDAP_CONFIDENTIALITY_REQUIRED,
                LDAP_STRONG_AUTH_REQUIRED:
                return .unavailable("\(LDAPConnection.failure(answer.code))")
            default: return .refused("\(LDAPConnection.failure(answer.code))")
            }
        }
    }
}
#endif
