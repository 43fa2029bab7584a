import ArgumentParser
import CredentialCore
import CredentialLDAP
import CredentialPAM
import GatewayCore
import Glibc
public import PluginCore
import Synchronization

/// The program `mudd`, for those who build their own with plugins in it.
///
/// ```swift
/// import MuddProgram
/// import Roses
///
/// Mudd.main(plugins: [Roses.self])
/// ```
public enum Mudd {
    /// Runs the command line of this process, and ends the process.
    ///
    /// - Parameter plugins: What is built in beside the game and `mudd`'s own services.
    public static func main(plugins: [any Plugin.Type] = []) -> Never {
        // Everything a server makes is its owner's alone.
        umask(0o077)
        registry.withLock { registry in
            registry.add(StandardServices.self)
            for plugin in plugins { registry.add(plugin) }
        }
        RootCommand.main()
        exit(0)
    }

    /// What there is to run; filled before the command line is looked at.
    static let registry = Mutex(PluginRegistry(reserved: RootCommand.ownNames))

    /// What `--auth` knows.
    static var checkerTypes: [CheckerType] { registry.withLock { $0.checkerTypes } }
}

/// The services and types of checkers that come with `mudd`.
enum StandardServices: Plugin {
    static let manifest = PluginManifest(name: "standard", version: "1")

    static func register(in registry: inout PluginRegistry) {
        registry.add(EchoService.self)
        registry.add(PortForwardService.self)
        for type in CheckerTable.standard + [GameAccounts.row, LDAPSupport.type, PAMSupport.type] { registry.add(type) }
    }
}
