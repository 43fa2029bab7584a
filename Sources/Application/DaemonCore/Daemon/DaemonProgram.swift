package import ReactorCore
package import ServiceCore
package import Transports

/// What a ``Daemon`` runs: services, and what is particular about their start and end.
package protocol DaemonProgram: AnyObject {
    /// Where the log goes when the configuration does not say; makes the folder for it.
    func prepareDefaultLog() throws(DaemonFailure) -> LogDestination

    /// The pid file of a daemon whose configuration names none; nil for none.
    var defaultPidFile: String? { get }

    /// Whether it works on the data folder that the configuration names, whose files nothing else may be written over.
    var hasDataFolder: Bool { get }

    /// Adds the services; nothing may be opened or changed yet.
    func arrange(in root: ServiceNode, of daemon: Daemon) throws

    /// The files whose locks it will hold beside that of the pid file, as they are seen before the start.
    var locks: [String] { get }

    /// Looks at what of a new configuration only the next start would find wrong, and changes nothing.
    ///
    /// - Parameters:
    ///   - configuration: The one that was read anew.
    ///   - endpoints: The kinds that its descriptions may name; what is made by them is thrown away.
    /// - Throws: ``DaemonFailure`` with a line for each thing wrong, its key and its place.
    func validate(_ configuration: Configuration, with endpoints: EndpointRegistry) throws(DaemonFailure)

    /// Looks at all that a start will need, and changes nothing.
    ///
    /// - Returns: What it found, for people, in whole lines.
    func check() throws(DaemonFailure) -> String

    /// Makes sure that a start can succeed, then makes the folders that take rights to make.
    ///
    /// Called when the doors are bound and the process lives where it will, right before it becomes `identity`.
    func prepareFolders(for identity: ProcessIdentity) throws(DaemonFailure)

    /// What an operator reads when everything is ready, and what a supervisor does.
    var announcement: (text: String, status: String) { get }

    /// Uses a configuration that was read anew, as far as a running program can.
    func take(_ configuration: Configuration)

    /// Reads again what files of its own it works with, beside the configuration; for each reload.
    ///
    /// - Returns: What changed, for people, and nil when nothing did; fails with ``DaemonFailure`` when it goes on with what it had.
    func readAgain() -> Deferred<String?>

    /// Says good-bye, then calls `then`; for the first signal that asks the program to end.
    func sayFarewell(then: @escaping () -> Void)
}

extension DaemonProgram {
    package var defaultPidFile: String? { nil }

    package var hasDataFolder: Bool { false }

    package var locks: [String] { [] }

    package func validate(_ configuration: Configuration, with endpoints: EndpointRegistry) throws(DaemonFailure) {}

    package func check() throws(DaemonFailure) -> String { "" }

    package func prepareFolders(for identity: ProcessIdentity) throws(DaemonFailure) {}

    package func take(_ configuration: Configuration) {}

    package func readAgain() -> Deferred<String?> { .succeeded(nil) }

    package func sayFarewell(then: @escaping () -> Void) { then() }
}
