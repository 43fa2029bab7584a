import ArgumentParser
import CredentialCore
import CredentialLDAP
import CredentialPAM
import DaemonCore
import FoundationEssentials
import GatewayCore
import Glibc
public import PluginCore
import PluginHost
import Synchronization
import WorldPlugins

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
        InheritedDescriptors.closeAllButSockets()
        // Everything a server makes is its owner's alone.
        umask(0o077)
        let sources = PluginSetting.sources(arguments: CommandLine.arguments, environment: environment)
        shelf.withLock { shelf in
            shelf.add(StandardServices.self)
            for plugin in plugins { shelf.add(plugin) }
            let builtIn = shelf.registry.failures
            if let folder = PluginSetting.folder(sources) { _ = shelf.take(shelf.look(in: folder)) }
            shelf.note(builtIn)
        }
        RootCommand.main(ProcessOptions.words(Array(CommandLine.arguments.dropFirst())))
        exit(0)
    }

    /// What there is to run; filled before the command line is looked at.
    static let shelf = Mutex(PluginShelf(PluginRegistry(reserved: reserved)))

    /// What all plugins together provide.
    static var registry: PluginRegistry { shelf.withLock(\.registry) }

    /// What `--auth` knows.
    static var checkerTypes: [CheckerType] { registry.all(CheckerType.self) }

    /// By the kind of provision, what is the program's own.
    static let reserved: [String: Set<String>] = [
        ServiceProvision.kind: RootCommand.ownNames, GameVerb.kind: GameVerb.reserved,
        EndpointKind.kind: EndpointKind.reserved,
    ]

    /// The environment of this process.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }
}

/// The services and types of checkers that come with `mudd`.
enum StandardServices: Plugin {
    static let manifest = PluginManifest(name: "standard", version: "1")

    static func register(in registry: inout PluginRegistry) {
        registry.add(EchoService.self)
        registry.add(PortForwardService.self)
        registry.add(IRCService.self)
        registry.add(IRCBridgeMaker.self)
        for type in CheckerTable.standard + [GameAccounts.row, LDAPSupport.type, PAMSupport.type] { registry.add(type) }
    }
}
