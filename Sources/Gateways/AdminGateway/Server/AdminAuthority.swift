/// Does what administrators ask.
package protocol AdminAuthority: AnyObject {
    /// Does one command and answers exactly once, when what it changed is safe on disk.
    func perform(_ command: AdminCommand, by caller: AdminCaller, answer: @escaping (AdminAnswer) -> Void)
}

/// Who asks, as the kernel knows it.
package struct AdminCaller: Hashable, Sendable {
    /// The user of the machine.
    package var user: UInt32
    /// How the command came.
    package var origin: String

    package init(user: UInt32, origin: String) {
        self.user = user
        self.origin = origin
    }
}
