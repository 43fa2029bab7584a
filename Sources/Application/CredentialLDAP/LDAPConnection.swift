#if LDAP
import CLDAP
import CredentialCore
import Glibc
import ReactorCore

/// A connection to a directory, with one request under way at a time.
///
/// libldap makes connections blocking (names, TLS), so that is done on a worker. From then on the descriptor belongs to the
/// reactor, does not block, and answers are taken as they come.
///
/// - Isolation: belongs to the reactor's thread once it is made.
final class LDAPConnection: DescriptorHandler {
    /// libldap's handle on its way between threads.
    ///
    /// `@unchecked Sendable` holds because one thread at a time uses it: a worker's closure makes it and connects, and the
    /// reactor's takes it over when that has returned.
    struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// What a directory answered.
    struct Answer {
        /// A result code (RFC 4511 section 4.1.9).
        var code: Int32
        /// The names of the entries found, with the values of the attribute asked for.
        var entries: [(name: String, values: [String])] = []
    }

    /// The most octets of one message that are taken; ours are of some hundred.
    private static let longestAnswer: ber_len_t = 1 << 20

    private let handle: OpaquePointer
    private let reactor: Reactor
    private var descriptor: Int32 = -1
    private var request: (number: Int32, attribute: String?, answer: Deferred<Answer>)?

    /// Makes a handle; nothing is connected yet, but the file of certificates is read, so this belongs on a worker.
    static func makeHandle(_ setting: LDAPSetting) throws(CheckerFailure) -> Handle {
        var pointer: OpaquePointer?
        let code = ldap_initialize(&pointer, setting.address)
        guard code == LDAP_SUCCESS, let pointer else { throw failure(code) }
        // What the machine's own ldap.conf says must not weaken any of this.
        var version = LDAP_VERSION3
        var time = timeval(tv_sec: setting.timeout, tv_usec: 0)
        var demand = LDAP_OPT_X_TLS_DEMAND
        var limit: Int32 = 2
        var isClient: Int32 = 0
        ldap_set_option(pointer, LDAP_OPT_PROTOCOL_VERSION, &version)
        ldap_set_option(pointer, LDAP_OPT_NETWORK_TIMEOUT, &time)
        ldap_set_option(pointer, LDAP_OPT_TIMEOUT, &time)
        ldap_set_option(pointer, LDAP_OPT_SIZELIMIT, &limit)
        // LDAP_OPT_OFF: a referral would carry the password elsewhere.
        ldap_set_option(pointer, LDAP_OPT_REFERRALS, nil)
        if setting.protection != .off {
            ldap_set_option(pointer, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand)
            if let authorities = setting.authorities {
                let result = authorities.withCString { ldap_set_option(pointer, LDAP_OPT_X_TLS_CACERTFILE, $0) }
                guard result == LDAP_OPT_SUCCESS else {
                    ldap_unbind_ext(pointer, nil, nil)
                    throw CheckerFailure("\(authorities): the certificates cannot be used")
                }
            }
            guard ldap_set_option(pointer, LDAP_OPT_X_TLS_NEWCTX, &isClient) == LDAP_OPT_SUCCESS else {
                ldap_unbind_ext(pointer, nil, nil)
                throw CheckerFailure("TLS cannot be set up; the file of certificates may be wrong")
            }
        }
        return Handle(pointer: pointer)
    }

    /// Connects, with TLS if that is wanted; blocks for the handle's time-out at most, and longer only for a slow name server.
    static func connect(_ handle: Handle, _ setting: LDAPSetting) throws(CheckerFailure) {
        let code = ldap_connect(handle.pointer)
        guard code == LDAP_SUCCESS else { throw failure(code) }
        guard setting.protection == .start else { return }
        let begun = ldap_start_tls_s(handle.pointer, nil, nil)
        guard begun == LDAP_SUCCESS else { throw failure(begun) }
    }

    /// Frees a handle that no connection was made of.
    static func free(_ handle: Handle) { ldap_unbind_ext(handle.pointer, nil, nil) }

    /// Takes over a handle that is connected.
    init(_ handle: Handle, on reactor: Reactor) throws {
        self.handle = handle.pointer
        self.reactor = reactor
        ldap_get_option(handle.pointer, LDAP_OPT_DESC, &descriptor)
        guard descriptor >= 0, fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            descriptor = -1
            throw CheckerFailure("no connection")
        }
        var buffer: OpaquePointer?
        if ldap_get_option(handle.pointer, LDAP_OPT_SOCKBUF, &buffer) == LDAP_OPT_SUCCESS, let buffer {
            var most = Self.longestAnswer
            ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &most)
        }
        do {
            try reactor.add(self, for: descriptor, interest: .read)
        } catch {
            descriptor = -1
            throw error
        }
    }

    /// Authenticates as an entry by its password; an empty name is nobody in particular.
    ///
    /// - Precondition: Neither is empty, or both are (RFC 4513 section 5.1.2).
    func bind(_ name: String, _ password: [UInt8]) -> Deferred<Answer> {
        var octets = password.map(CChar.init(bitPattern:))
        return begin(nil) { number in
            octets.withUnsafeMutableBufferPointer { buffer in
                var secret = berval(bv_len: ber_len_t(buffer.count), bv_val: buffer.baseAddress)
                return ldap_sasl_bind(handle, name, nil, &secret, nil, nil, number)
            }
        }
    }

    /// Looks for entries below `base`.
    func search(_ base: String, _ filter: String, attribute: String) -> Deferred<Answer> {
        begin(attribute) { number in
            attribute.withCString { text in
                var names = [UnsafeMutablePointer(mutating: text), nil]
                return ldap_search_ext(
                    handle, base, LDAP_SCOPE_SUBTREE, filter, &names, 0, nil, nil, nil, 2, number)
            }
        }
    }

    /// Ends the connection; a request under way fails.
    func close() {
        guard descriptor >= 0 else { return }
        reactor.remove(descriptor)
        descriptor = -1
        finish { $0.fail(CheckerFailure("the connection was closed")) }
        ldap_unbind_ext(handle, nil, nil)
    }

    private func begin(_ attribute: String?, _ send: (UnsafeMutablePointer<Int32>) -> Int32) -> Deferred<Answer> {
        guard descriptor >= 0, request == nil else { return .failed(CheckerFailure("the connection was closed")) }
        var number: Int32 = 0
        let code = send(&number)
        guard code == LDAP_SUCCESS else { return .failed(Self.failure(code)) }
        let answer = Deferred<Answer>()
        request = (number, attribute, answer)
        return answer
    }

    func descriptorReady(_ readiness: Readiness) {
        guard let request else {
            // Nothing was asked, so it can only be the end, or a word that comes with it (RFC 4511 section 4.4.1).
            return close()
        }
        var none = timeval()
        var message: OpaquePointer?
        switch ldap_result(handle, request.number, LDAP_MSG_ALL, &none, &message) {
        case 0: return
        case ..<0:
            var code: Int32 = 0
            ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code)
            finish { $0.fail(Self.failure(code == LDAP_SUCCESS ? LDAP_SERVER_DOWN : code)) }
        default:
            let answer = read(message, request.attribute)
            ldap_msgfree(message)
            finish { $0.settle(answer.mapError { $0 }) }
        }
    }

    private func finish(_ body: (Deferred<Answer>) -> Void) {
        guard let answer = request?.answer else { return }
        request = nil
        body(answer)
    }

    private func read(_ message: OpaquePointer?, _ attribute: String?) -> Result<Answer, CheckerFailure> {
        var code: Int32 = 0
        let parsed = ldap_parse_result(handle, message, &code, nil, nil, nil, nil, 0)
        guard parsed == LDAP_SUCCESS || parsed == code else { return .failure(Self.failure(parsed)) }
        var answer = Answer(code: code)
        var entry = ldap_first_entry(handle, message)
        while let found = entry {
            if let name = ldap_get_dn(handle, found) {
                answer.entries.append((String(cString: name), attribute.map { values(of: $0, in: found) } ?? []))
                ldap_memfree(name)
            }
            entry = ldap_next_entry(handle, found)
        }
        return .success(answer)
    }

    private func values(of attribute: String, in entry: OpaquePointer) -> [String] {
        guard let list = ldap_get_values_len(handle, entry, attribute) else { return [] }
        defer { ldap_value_free_len(list) }
        var values: [String] = []
        var next = list
        while let value = next.pointee?.pointee {
            let octets = UnsafeRawBufferPointer(start: value.bv_val, count: Int(value.bv_len))
            if let text = String(validating: octets, as: UTF8.self) { values.append(text) }
            next += 1
        }
        return values
    }

    /// Lets go of everything when the reactor is taken down.
    func disconnect() { close() }

    static func failure(_ code: Int32) -> CheckerFailure {
        CheckerFailure(ldap_err2string(code).map { String(cString: $0) } ?? "error \(code)")
    }
}
#endif
