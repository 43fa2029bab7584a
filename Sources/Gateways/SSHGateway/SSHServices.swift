package import GatewayCore
package import SSHWire
package import Transports

/// What the program gives the door besides the game; all of it may change while the door is open.
package struct SSHServices {
    /// What is shown before somebody has come in; nil for nothing.
    package var banner: String?
    /// Methods of key exchange, the best first; nil for those of ``SSHAlgorithms/standard(for:)``.
    package var keyExchanges: [SSHKeyExchangeMethod]?
    /// Makes the endpoint of a host and a port for administrators who want connections made from here; nil where nobody may.
    package var dial: ((_ host: String, _ port: UInt16) -> (any ClientEndpoint)?)?
    /// What holds the world's own files; nil where nobody may change these.
    package var editing: (any WorldEditing)?
    /// Why changes of files were refused.
    let refusals = FileRefusals()
    /// What is held in memory with open files.
    let budgets = OpenFileBudgets()

    package init() {}
}
