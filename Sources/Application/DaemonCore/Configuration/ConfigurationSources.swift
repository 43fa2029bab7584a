import Glibc

/// Where a program's configuration comes from, so that it can be read more than once.
///
/// A value is taken from the last of these that has it: built in, the file, the environment, the command line.
package struct ConfigurationSources: Sendable {
    /// A value that stood on the command line, and how it was called there.
    package struct Setting: Sendable {
        package var option: String
        package var path: String
        package var text: String

        package init(_ option: String, _ path: String, _ text: String) {
            self.option = option
            self.path = path
            self.text = text
        }
    }

    /// The file that was asked for; nil stands for `mudd.yaml` in the data folder, if it is there.
    package var file: String?
    package var environment: [String: String]
    package var settings: [Setting]
    /// What relative paths of files counted from at the start; the server may change its folder.
    private let folder: String

    package init(file: String?, environment: [String: String], settings: [Setting]) {
        self.file = file ?? environment["MUDD_CONFIG"]
        self.environment = environment
        self.settings = settings
        folder = currentFolder()
    }

    /// Reads all of them.
    ///
    /// - Throws: ``DaemonFailure`` with a line for each thing wrong in the first source that has any.
    package func read() throws(DaemonFailure) -> Configuration {
        let (configuration, failure) = try readAsFarAsPossible()
        if let failure { throw failure }
        return configuration
    }

    /// Reads all of them, so that what is wrong with the rest can be told beside what cannot be read.
    ///
    /// - Returns: The configuration, and what is wrong in the file; where something is, the value is what it was without.
    /// - Throws: ``DaemonFailure`` when a source cannot be read at all, or a value of another source than the file does not fit.
    package func readAsFarAsPossible() throws(DaemonFailure) -> (configuration: Configuration, failure: DaemonFailure?)
    {
        var overrides = Configuration()
        try overrides.overlay(environment: environment)
        try overrides.overlay(settings: settings)
        var configuration = Configuration()
        var failure: DaemonFailure?
        if let file = file ?? ownFile(in: overrides.data) {
            configuration.file = file
            failure = try configuration.overlayAsFarAsPossible(file: absolute(file), shownAs: file)
        }
        do throws(DaemonFailure) {
            try configuration.overlay(environment: environment)
            try configuration.overlay(settings: settings)
        } catch {
            throw failure ?? error
        }
        return (configuration, failure)
    }

    /// The file in the data folder, unless there is certainly none: what cannot be looked at, or is a link that leads nowhere,
    /// must not be taken for the values that are built in.
    private func ownFile(in data: String) -> String? {
        let own = DataDirectory(path: data).configuration
        var status = stat()
        return lstat(absolute(own), &status) != 0 && errno == ENOENT ? nil : own
    }

    /// A path as it was meant at the start, whatever the folder is now.
    package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

private func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
}
