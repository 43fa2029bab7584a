import SSHKeys

/// How a client asks to be let in.
///
/// ```text
///   50 │ string user │ string service │ string method │ …
///     none                    nothing more
///     password                boolean changes │ string password │ string new password, if it changes
///     publickey               boolean signed │ string algorithm │ string key │ string signature, if signed
///     keyboard-interactive    string language │ string submethods
/// ```
///
/// - Source: RFC 4252 sections 5, 5.2, 7 and 8; RFC 4256 section 3.1.
struct SSHLoginRequest: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// What belongs to one method.
    enum Method: Hashable, Sendable {
        /// Nothing: to be told what the server offers, or let in as nobody.
        case none
        /// A password.
        case password(String)
        /// A password that has expired, and the one for the time to come.
        case passwordChange(old: String, new: String)
        /// A key, to be told whether it would do.
        case probe(algorithm: String, key: [UInt8])
        /// A key with its signature, in SSH's form.
        case signed(algorithm: String, key: [UInt8], signature: [UInt8])
        /// Questions, of the kinds a client would like.
        case keyboardInteractive(submethods: String)
        /// A method that is not spoken, of this name.
        case other(String)
    }

    /// Who wants to be let in.
    var user: String
    /// What for; `ssh-connection` is the only one there is.
    var service: String
    /// How.
    var method: Method

    /// Puts a request together.
    init(user: String, service: String = "ssh-connection", method: Method) {
        self.user = user
        self.service = service
        self.method = method
    }

    /// Reads a request behind its number.
    ///
    /// - Throws: ``SSHDataFailure/tooLong`` and ``SSHDataFailure/notText`` for what could be sent and is never right, anything
    ///   else for what is malformed.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        user = try reader.text(limit: SSHLoginLimits.user)
        service = try reader.text(limit: SSHLoginLimits.name)
        let name = try reader.text(limit: SSHLoginLimits.name)
        switch SSHLoginMethod(rawValue: name) {
        case .password: method = try Self.password(&reader)
        case .publicKey: method = try Self.publicKey(&reader)
        case .keyboardInteractive:
            _ = try reader.string(limit: SSHLoginLimits.name)
            method = .keyboardInteractive(submethods: try reader.text(limit: SSHLoginLimits.question))
        case nil where name == "none": method = .none
        case nil:
            method = .other(name)
            return
        }
        try reader.finish()
    }

    private static func password(_ reader: inout SSHReader) throws(SSHDataFailure) -> Method {
        let changes = try reader.boolean()
        let password = try reader.text(limit: SSHLoginLimits.secret)
        return changes
            ? .passwordChange(old: password, new: try reader.text(limit: SSHLoginLimits.secret)) : .password(password)
    }

    private static func publicKey(_ reader: inout SSHReader) throws(SSHDataFailure) -> Method {
        let isSigned = try reader.boolean()
        let algorithm = try reader.text(limit: SSHLoginLimits.name)
        let key = Array(try reader.string(limit: SSHLoginLimits.key))
        guard isSigned else { return .probe(algorithm: algorithm, key: key) }
        let signature = Array(try reader.string(limit: SSHLoginLimits.signature))
        return .signed(algorithm: algorithm, key: key, signature: signature)
    }

    /// The message.
    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginRequest)
        writer.string(user)
        writer.string(service)
        switch method {
        case .none: writer.string("none")
        case .password(let password):
            writer.string(SSHLoginMethod.password.rawValue)
            writer.boolean(false)
            writer.string(password)
        case .passwordChange(let old, let new):
            writer.string(SSHLoginMethod.password.rawValue)
            writer.boolean(true)
            writer.string(old)
            writer.string(new)
        case .probe(let algorithm, let key): Self.write(algorithm, key, nil, to: &writer)
        case .signed(let algorithm, let key, let signature): Self.write(algorithm, key, signature, to: &writer)
        case .keyboardInteractive(let submethods):
            writer.string(SSHLoginMethod.keyboardInteractive.rawValue)
            writer.string("")
            writer.string(submethods)
        case .other(let name): writer.string(name)
        }
        return writer.octets
    }

    private static func write(_ algorithm: String, _ key: [UInt8], _ signature: [UInt8]?, to writer: inout SSHWriter) {
        writer.string(SSHLoginMethod.publicKey.rawValue)
        writer.boolean(signature != nil)
        writer.string(algorithm)
        writer.string(key)
        if let signature { writer.string(signature) }
    }

    /// What a key signs to let `user` in: the request itself, bound to the connection (RFC 4252 section 7).
    static func signedMessage(sessionID: [UInt8], user: String, service: String, algorithm: String, key: [UInt8])
        -> [UInt8]
    {
        var writer = SSHWriter(reserving: sessionID.count + key.count + 256)
        writer.string(sessionID)
        writer.octet(SSHMessageNumber.loginRequest)
        writer.string(user)
        writer.string(service)
        writer.string(SSHLoginMethod.publicKey.rawValue)
        writer.boolean(true)
        writer.string(algorithm)
        writer.string(key)
        return writer.octets
    }

    /// The name of the method.
    var methodName: String {
        switch method {
        case .none: "none"
        case .password, .passwordChange: SSHLoginMethod.password.rawValue
        case .probe, .signed: SSHLoginMethod.publicKey.rawValue
        case .keyboardInteractive: SSHLoginMethod.keyboardInteractive.rawValue
        case .other(let name): name
        }
    }

    /// Who and how, without what is secret.
    var description: String { "\(methodName) for \(user)" }

    /// Nothing inside, so that no dump shows a password.
    var customMirror: Mirror { Mirror(self, children: []) }
}
