import DaemonCore
import FoundationEssentials
import PluginHost

/// Where plugins are loaded from, which has to be known before the command line can be understood: they bring subcommands.
enum PluginSetting {
    /// The options of ``ProcessOptions`` and of `mudd serve` that say where the configuration and the plugins are.
    private static let options = ["--config", "--data", "--plugins", "--set"]
    private static let keys = ["--data": "data", "--plugins": "plugins"]

    /// What a command line and an environment say of the configuration, as far as plugins need it.
    static func sources(arguments: [String], environment: [String: String]) -> ConfigurationSources {
        var file = RunCommand.file(in: arguments)
        var settings: [ConfigurationSources.Setting] = []
        for (option, value) in values(in: arguments) {
            if option == "--config" {
                file = value
            } else if let key = keys[option] {
                settings.append(ConfigurationSources.Setting(option, key, value))
            } else {
                let sides = value.split(separator: "=", maxSplits: 1).map(String.init)
                guard sides.count == 2, sides[0] == "data" || sides[0] == "plugins" else { continue }
                settings.append(ConfigurationSources.Setting("--set", sides[0], sides[1]))
            }
        }
        return ConfigurationSources(file: file, environment: environment, settings: settings)
    }

    /// The folder; nil when there is none, or the configuration is wrong, which whoever needs it will tell.
    static func folder(_ sources: ConfigurationSources) -> PluginFolder? {
        guard let configuration = try? sources.read() else { return nil }
        return folder(configuration, sources)
    }

    /// The folder that a configuration names.
    static func folder(_ configuration: Configuration, _ sources: ConfigurationSources) -> PluginFolder? {
        configuration.plugins.map { PluginFolder(path: sources.absolute($0)) }
    }

    /// The options that are given, each with its value: `--plugins DIR` or `--plugins=DIR`.
    private static func values(in arguments: [String]) -> [(option: String, value: String)] {
        var found: [(option: String, value: String)] = []
        var rest = arguments.prefix { $0 != "--" }[...]
        while let word = rest.popFirst() {
            if options.contains(word) {
                if let value = rest.popFirst() { found.append((word, value)) }
            } else if let mark = word.firstIndex(of: "="), options.contains(String(word[..<mark])) {
                found.append((String(word[..<mark]), String(word[word.index(after: mark)...])))
            }
        }
        return found
    }
}
