/// What the SSH door does beside letting players in.
package struct ShellSettings: Equatable, Sendable {
    /// The folder of the keys by which clients know the server; nil is `ssh` in the data folder.
    package var keys: String?
    /// Methods of key exchange with commas or spaces between them, the best first; nil is what the door offers by itself.
    package var keyExchanges: String?
    /// What is shown before somebody has logged in; nil is nothing.
    package var banner: String?
    /// Whether administrators may have TCP connections made from here.
    package var isForwarding = false
}
