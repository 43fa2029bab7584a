/// Every number that bounds what GMCP messages can make us hold.
package enum GMCPLimits {
    /// Octets of one message, name and body.
    ///
    /// Source: own choice; clients' lists of modules and skills have up to some KiB.
    package static let messageOctets = 65_536

    /// Octets of a message's or a module's name.
    package static let nameOctets = 64

    /// Modules of a client that are remembered; Mudlet names nine, its packages add a few.
    package static let modules = 64

    /// Octets kept of a client's name, its version, and of a name it asks for.
    package static let labelOctets = 128

    /// Octets of an account's name or a password in `Char.Login.Credentials`; more is no login.
    package static let credentialOctets = 1_024
}
