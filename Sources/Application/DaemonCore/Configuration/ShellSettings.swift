/// What the SSH door does beside letting players in.
package struct ShellSettings: Equatable, Sendable {
    /// The folder of the keys by which clients know the server; nil is `ssh` in the data folder.
    package var keys: String?
    /// What is shown before somebody has logged in; nil is nothing.
    package var banner: String?
    /// Whether administrators may have TCP connections made from here.
    package var isForwarding = false
}
