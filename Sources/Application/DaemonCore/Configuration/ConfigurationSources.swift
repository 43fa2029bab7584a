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
        var overrides = Configuration()
        try overrides.overlay(environment: environment)
        try overrides.overlay(settings: settings)
        var configuration = Configuration()
        let own = DataDirectory(path: overrides.data).configuration
        if let file = file ?? (access(absolute(own), F_OK) == 0 ? own : nil) {
            try configuration.overlay(file: absolute(file), shownAs: file)
        }
        try configuration.overlay(environment: environment)
        try configuration.overlay(settings: settings)
        return configuration
    }

    /// A path as it was meant at the start, whatever the folder is now.
    package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

private func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
}
