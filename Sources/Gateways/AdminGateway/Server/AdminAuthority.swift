/// Does what administrators ask.
package protocol AdminAuthority: AnyObject {
    /// Does one command and answers exactly once, when what it changed is safe on disk.
    func perform(_ command: AdminCommand, answer: @escaping (AdminAnswer) -> Void)
}
