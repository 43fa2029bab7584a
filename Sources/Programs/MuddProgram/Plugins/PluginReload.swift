import DaemonCore
import Logging
import PluginCore
import PluginHost
import ReactorCore
import Synchronization

/// Looks for new plugins whenever the configuration is read again.
enum PluginReload {
    /// What a program that runs can use at once; the rest waits for the next start.
    private static let liveKinds: Set<String> = ["verb", "capability"]

    /// Tells of the plugins that are left out, and looks again at each reload.
    static func attach(
        to daemon: Daemon, from sources: ConfigurationSources, using take: @escaping (PluginRegistry) -> Void
    ) {
        let logger = daemon.log.makeLogger(label: "mudd")
        let registry = Mudd.registry
        for failure in registry.failures {
            complain("The plugin \(failure.plugin) is left out: \(failure.reason).")
            warn(of: failure, logger)
        }
        for kind in registry.all(EndpointKind.self) { daemon.register { kind.register(in: &$0) } }
        daemon.reloadsMore = { [unowned daemon] configuration in
            let folder = PluginSetting.folder(configuration, sources)
            let shelf = Mudd.shelf.withLock { $0 }
            return daemon.reactor.deferToThread { shelf.look(in: folder) }.map { findings in
                let remarks = Mudd.shelf.withLock { $0.take(findings, liveKinds: liveKinds) }
                let registry = Mudd.registry
                for remark in remarks { logger.notice("plugins looked at", metadata: ["change": "\(remark)"]) }
                take(registry)
                return remarks
            }
        }
    }

    private static func warn(of failure: PluginFailure, _ logger: Logger) {
        logger.warning("plugin left out", metadata: ["plugin": "\(failure.plugin)", "reason": "\(failure.reason)"])
    }
}
