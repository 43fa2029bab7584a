#if PAM
import CPAM
import CredentialCore
import FileAccess
import Glibc
import ReactorCore
import Synchronization

/// The accounts that a PAM service lets in.
///
/// The service decides by its stacks `auth` and `account`; no session is opened and no credentials are set, because nobody
/// becomes another user of the machine. A second hidden question of the stack is answered with the authenticator's code.
/// A code that is asked for shows that the password is right only if the modules before it are `requisite`; with `required` it
/// is asked for after wrong ones as well, so this is ``CheckerVerdict/codeMissing``. Delays after wrong passwords are left out:
/// the portal's budget of guesses does that work.
///
/// - Isolation: belongs to the reactor's thread; PAM runs on a thread of its own, one login at a time, because not every module
///   bears more.
/// - Limits: ``longestQueue`` logins at a time and the time-out for each, then ``CheckerVerdict/unavailable(_:)``. A module that
///   hangs cannot be stopped: until it returns, every login is unavailable at once.
/// - Source: pam(3), pam_conv(3).
final class PAMChecker: CredentialChecker {
    let type = "pam"
    let kinds: Set<Credential.Kind> = [.password]
    /// Logins that PAM has or that wait for it; few, so that they never use up what the desk has for all.
    static let longestQueue = 16

    private let service: PAMService
    /// Seconds for one login.
    private let timeout: Int
    /// Logins given to PAM's thread that have not come back, and those of them whose time has run out.
    private(set) var (waiting, overdue) = (0, 0)

    /// Whether nobody waits for a login any more, so that it need not begin.
    private final class Renunciation: Sendable {
        let isMade = Atomic(false)
    }
    private let reactor: Reactor
    private let pool = ThreadPool(threadLimit: 1)

    init(_ arguments: inout CheckerArguments, _ context: CheckerContext) throws(CheckerFailure) {
        guard let name = arguments.next(), Self.isName(name) else {
            throw CheckerFailure("expected the name of a service: letters, digits, hyphens and underscores")
        }
        service = PAMService(name: name, folder: arguments.take("confdir"))
        guard let timeout = Int(arguments.take("timeout") ?? "30"), (1...300).contains(timeout) else {
            throw CheckerFailure("timeout is a number of seconds from 1 to 300")
        }
        self.timeout = timeout
        reactor = context.reactor
    }

    func open() throws {
        let folders = service.folder.map { [$0] } ?? ["/etc/pam.d", "/usr/lib/pam.d"]
        let paths = folders.map { "\($0)/\(service.name)" }
        guard paths.contains(where: { access($0, R_OK) == 0 }) else {
            // PAM would take the service called other, which is seldom what was meant.
            throw CheckerFailure("\(paths[0]): \(SystemReason.text(of: errno))")
        }
    }

    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, let code) = credential else {
            return .succeeded(.refused("no password"))
        }
        guard overdue == 0 else { return .succeeded(.unavailable("an earlier login hangs in PAM")) }
        guard waiting < Self.longestQueue else { return .succeeded(.unavailable("\(waiting) logins wait for PAM")) }
        waiting += 1
        let renunciation = Renunciation()
        let work = reactor.deferToThread(in: pool) { [service, type] () -> CheckerVerdict in
            if renunciation.isMade.load(ordering: .relaxed) { return .unavailable("nobody waits any more") }
            return service.check(name, [password] + (code.map { [$0] } ?? []), from: origin.source, type)
        }
        return limit(work, renunciation)
    }

    /// The verdict of the work, or that there is none in time.
    private func limit(
        _ work: Deferred<CheckerVerdict>, _ renunciation: Renunciation
    ) -> Deferred<CheckerVerdict> {
        // The work itself is not cancelled, so that it is counted for as long as it has the thread.
        let verdict = Deferred<CheckerVerdict>(canceller: { renunciation.isMade.store(true, ordering: .relaxed) })
        var isOverdue = false
        let alarm = reactor.callLater(.seconds(timeout)) { [self] in
            renunciation.isMade.store(true, ordering: .relaxed)
            isOverdue = true
            overdue += 1
            if !verdict.isFired { verdict.succeed(.unavailable("no answer in \(timeout) s")) }
        }
        work.whenDone { [self] result in
            alarm.cancel()
            waiting -= 1
            if isOverdue { overdue -= 1 }
            if !verdict.isFired { verdict.settle(result) }
        }
        return verdict
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
            }
    }
}

/// One login through a PAM service; blocks.
private struct PAMService: Sendable {
    let name: String
    let folder: String?

    /// The answers that PAM may ask for, in order.
    private final class Answers {
        let name: String
        var secrets: ArraySlice<String>
        var ranOut = false

        init(_ name: String, _ secrets: [String]) {
            self.name = name
            self.secrets = secrets[...]
        }
    }

    func check(_ user: String, _ secrets: [String], from source: String, _ type: String) -> CheckerVerdict {
        let answers = Answers(user, secrets)
        return withExtendedLifetime(answers) {
            var conversation = pam_conv(
                conv: { count, questions, replies, context in
                    guard let context else { return PAM_CONV_ERR }
                    let answers = Unmanaged<Answers>.fromOpaque(context).takeUnretainedValue()
                    return PAMService.converse(count, questions, replies, answers)
                }, appdata_ptr: Unmanaged.passUnretained(answers).toOpaque())
            var handle: OpaquePointer?
            let begun =
                if let folder {
                    pam_start_confdir(name, user, &conversation, folder, &handle)
                } else {
                    pam_start(name, user, &conversation, &handle)
                }
            guard begun == PAM_SUCCESS, let handle else { return .unavailable("pam_start failed with \(begun)") }
            let (result, verdict) = ask(handle, user, source, answers, type)
            pam_end(handle, result)
            return verdict
        }
    }

    private func ask(
        _ handle: OpaquePointer, _ user: String, _ source: String, _ answers: Answers, _ type: String
    ) -> (Int32, CheckerVerdict) {
        let noDelay: @convention(c) (Int32, UInt32, UnsafeMutableRawPointer?) -> Void = { _, _, _ in }
        pam_set_item(handle, PAM_FAIL_DELAY, unsafeBitCast(noDelay, to: UnsafeRawPointer.self))
        source.withCString { _ = pam_set_item(handle, PAM_RHOST, $0) }
        let flags = Int32(bitPattern: PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK)
        var result = pam_authenticate(handle, flags)
        if result != PAM_SUCCESS, answers.ranOut { return (result, .codeMissing) }
        if result == PAM_SUCCESS { result = pam_acct_mgmt(handle, flags) }
        let reason = pam_strerror(handle, result).map { String(cString: $0) } ?? "\(result)"
        switch result {
        case PAM_SUCCESS:
            var item: UnsafeRawPointer?
            pam_get_item(handle, PAM_USER, &item)
            let name = item.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? user
            return (result, .accepted(Identity(name: name, checker: type)))
        case PAM_USER_UNKNOWN: return (result, .unknown(reason))
        case PAM_AUTH_ERR, PAM_MAXTRIES, PAM_PERM_DENIED, PAM_ACCT_EXPIRED, PAM_NEW_AUTHTOK_REQD,
            PAM_CRED_INSUFFICIENT, PAM_CONV_ERR, PAM_AUTHTOK_ERR, PAM_SYSTEM_ERR:
            // The last is what pam_exec gives when its program says no; taken for a failure of PAM, guesses were free.
            return (result, .refused(reason))
        default: return (result, .unavailable(reason))
        }
    }

    /// Answers PAM's questions; PAM frees the answers (`free(3)`).
    private static func converse(
        _ count: Int32, _ questions: UnsafeMutablePointer<UnsafePointer<pam_message>?>?,
        _ replies: UnsafeMutablePointer<UnsafeMutablePointer<pam_response>?>?, _ answers: Answers
    ) -> Int32 {
        guard let questions, let replies, (1...32).contains(count),
            let memory = calloc(Int(count), MemoryLayout<pam_response>.stride)
        else { return PAM_CONV_ERR }
        let made = memory.bindMemory(to: pam_response.self, capacity: Int(count))
        for index in 0..<Int(count) {
            let answer: String?
            switch questions[index]?.pointee.msg_style {
            case PAM_PROMPT_ECHO_OFF:
                answer = answers.secrets.popFirst()
                if answer == nil { answers.ranOut = true }
            case PAM_PROMPT_ECHO_ON: answer = answers.name
            default: continue
            }
            guard let answer else {
                for earlier in 0..<index { free(made[earlier].resp) }
                free(memory)
                return PAM_CONV_ERR
            }
            made[index].resp = strdup(answer)
        }
        replies.pointee = made
        return PAM_SUCCESS
    }
}
#endif
