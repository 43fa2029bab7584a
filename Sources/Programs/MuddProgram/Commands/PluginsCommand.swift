import ArgumentParser
import Basics
import DaemonCore
import Glibc
import PluginCore
import PluginHost

/// `mudd plugins`.
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List the plugins that are in, and those that are left out.",
        discussion: """
            Plugins are built in, or loaded from the folder that plugins: in the configuration, MUDD_PLUGINS or --plugins
            names. Each has a folder there, with a manifest (plugin.yaml) and a library.

            EXAMPLES
              mudd plugins --plugins /usr/lib/mudd/plugins
              mudd plugins build ~/roses --into /usr/lib/mudd/plugins
            """,
        subcommands: [PluginListCommand.self, PluginBuildCommand.self, PluginKitCommand.self],
        defaultSubcommand: PluginListCommand.self)
}

/// `mudd plugins list`.
struct PluginListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the plugins that are in, and those that are left out, and why.")

    // These are read before the command line is, to find the plugins; see `PluginSetting`.
    @Option(help: ArgumentHelp("The folder of plugins.", valueName: "dir"), completion: .directory)
    var plugins: String?

    @Option(help: ArgumentHelp("A configuration file.", valueName: "file"), completion: .file())
    var config: String?

    @Option(
        help: ArgumentHelp("The folder of what a server owns; default Data.", valueName: "dir"), completion: .directory)
    var data: String?

    func run() throws {
        do throws(DaemonFailure) {
            _ = try PluginSetting.sources(arguments: CommandLine.arguments, environment: Mudd.environment).read()
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
        let registry = Mudd.registry
        for member in registry.members {
            print("\(member.manifest.name) \(member.manifest.version)  (\(member.folder ?? "built in"))")
            for provided in member.provides { print("  \(provided)") }
        }
        if !registry.failures.isEmpty { print("\nLeft out:") }
        for failure in registry.failures { print("  \(failure.plugin.cleaned): \(failure.reason.cleaned)") }
    }
}

/// `mudd plugins build`.
struct PluginBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Make a shared library of a plugin's package.",
        discussion: """
            Compiles the package's target with the entry in it against the modules of this mudd, tries it out, and puts the
            library and the completed manifest into a folder of the plugin's name. What the package needs beside mudd has to
            be told to the compiler, behind two hyphens; a plugin with larger needs is better built in.

            EXAMPLE
              mudd plugins build ~/roses --into /usr/lib/mudd/plugins
            """)

    @Argument(help: ArgumentHelp("The folder of the package, with plugin.yaml and Sources in it.", valueName: "dir"))
    var package: String

    @Option(help: ArgumentHelp("The folder of plugins to put it into.", valueName: "dir"))
    var into: String

    @Option(help: ArgumentHelp("The target, when several have an entry.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The modules of mudd, made by mudd plugins kit.", valueName: "dir"))
    var kit: String?

    @Option(help: ArgumentHelp("The compiler, the same that made mudd.", valueName: "program"))
    var compiler = "swiftc"

    @Argument(parsing: .postTerminator, help: ArgumentHelp("Further words for the compiler.", valueName: "flags"))
    var flags: [String] = []

    func run() throws {
        do throws(DaemonFailure) {
            // Others than who builds it are to use it.
            umask(0o022)
            let kit = try PluginKit.find(kit)
            let build = PluginBuild(package: package, target: target, kit: kit, compiler: compiler, flags: flags)
            let made = try build.run(into: into)
            print("\(made.folder) provides " + made.provides.joined(separator: ", ") + ".")
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }
}

/// `mudd plugins kit`.
struct PluginKitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit", abstract: "Gather what plugins are compiled against, where mudd was built.",
        discussion: """
            The kit belongs to this build of mudd alone. It is looked for in the folder kit beside mudd, and in
            ../lib/mudd/kit.
            """)

    @Argument(help: ArgumentHelp("The folder to make.", valueName: "dir"))
    var folder: String

    func run() throws {
        do throws(DaemonFailure) {
            umask(0o022)
            print("\(folder): \(try PluginKit.make(in: folder)) modules")
        } catch {
            complain(error.description)
            throw ExitCode(error.status.rawValue)
        }
    }
}
