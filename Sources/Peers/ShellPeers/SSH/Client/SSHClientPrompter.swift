public import ReactorCore
public import SSHKeys
public import SSHWire

/// Answers what an ``SSHClient`` has to ask, usually by asking a person.
///
/// A deferred that is no longer needed, because the connection is lost, is cancelled. One that fails ends the connection.
public protocol SSHClientPrompter: AnyObject {
    /// Shows lines with LF between them, cleaned: a server's banner, or what is wrong with a key file.
    func show(_ text: String)

    /// Says whether the key of a host that is not known may be trusted, and remembered.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - host: The host as it is written in the file, such as `[mud.example.org]:4022`.
    ///   - isNewKind: Whether keys of other kinds are known for the host.
    /// - Returns: Whether it may.
    func trusts(_ key: SSHPublicKey, of host: String, isNewKind: Bool) -> Deferred<Bool>

    /// Gives the password.
    ///
    /// - Parameters:
    ///   - user: Whose.
    ///   - attempt: Counted from 1.
    /// - Returns: Nil when there is none to try.
    func password(of user: String, attempt: Int) -> Deferred<String?>

    /// Gives a new password in place of one that has expired; nil to give up.
    func newPassword(prompt: String) -> Deferred<String?>

    /// Gives the passphrase of a key file; nil to leave the key out.
    func passphrase(of file: String, attempt: Int) -> Deferred<String?>

    /// Answers a server's questions, of which there is at least one; nil when it has nothing to answer.
    func answers(to questions: SSHLoginQuestions) -> Deferred<[String]?>
}

/// Nobody is there to be asked: nothing is shown, and unknown hosts are not trusted.
extension SSHClientPrompter {
    /// Shows nothing.
    public func show(_ text: String) {}
    /// Does not trust it.
    public func trusts(_ key: SSHPublicKey, of host: String, isNewKind: Bool) -> Deferred<Bool> { .succeeded(false) }
    /// Has none.
    public func password(of user: String, attempt: Int) -> Deferred<String?> { .succeeded(nil) }
    /// Gives up.
    public func newPassword(prompt: String) -> Deferred<String?> { .succeeded(nil) }
    /// Leaves the key out.
    public func passphrase(of file: String, attempt: Int) -> Deferred<String?> { .succeeded(nil) }
    /// Has nothing to answer.
    public func answers(to questions: SSHLoginQuestions) -> Deferred<[String]?> { .succeeded(nil) }
}
