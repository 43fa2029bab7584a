import FileAccess
public import ReactorCore

/// A server's context made from files, and made again when they change.
///
/// Connections keep the context they began with. Files that are not usable, such as a key that does not
/// fit a certificate which is half replaced, change nothing: the old context serves on.
public final class TLSReloadingContext: TLSServerContextSource {
    /// What became of an attempt to reload.
    public enum Outcome {
        /// The new certificate is used from now on; `warnings` tells what is wrong with it all the same.
        case replaced(warnings: [String])

        /// The files are not usable, for this reason; the old certificate is used on.
        case kept(because: TLSFailure)
    }

    /// The context new connections get.
    public private(set) var current: TLSServerContext

    /// Where the certificate is read.
    public let certificateFile: String

    private let keyFile: String
    private let clientRootsFile: String?
    private let options: TLSServerOptions
    /// What the files were when they were read last.
    private var stamps: [FileStamp?]
    /// The file of roots that `current` goes by.
    private var rootsInUse: FileStamp?

    /// Makes a context from PEM files.
    ///
    /// - Parameters:
    ///   - certificateFile: The certificate and those between it and a root.
    ///   - keyFile: Its private key; may be the same file.
    ///   - clientRootsFile: The roots that must vouch for each client's certificate; nil to go by `options`.
    ///   - options: Everything else.
    /// - Throws: ``TLSFailure``, which names the file and says what is wrong with it.
    public init(
        certificateFile: String, keyFile: String, clientRootsFile: String? = nil,
        options: TLSServerOptions = TLSServerOptions()
    ) throws(TLSFailure) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientRootsFile = clientRootsFile
        self.options = options
        stamps = Self.stamps(certificateFile, keyFile, clientRootsFile)
        rootsInUse = clientRootsFile.flatMap(FileStamp.init(path:))
        let identity = try TLSIdentity(certificateFile: certificateFile, keyFile: keyFile)
        current = try TLSServerContext(identity: identity, options: try Self.options(options, clientRootsFile))
    }

    /// Reads the files again.
    ///
    /// Clients of the old context may resume their sessions with the new one, unless the roots for clients have changed: then
    /// every client has to show its certificate again.
    @discardableResult public func reload() -> Outcome {
        // Noted before reading, so that a change during the reading is seen as one later.
        stamps = Self.stamps(certificateFile, keyFile, clientRootsFile)
        let roots = clientRootsFile.flatMap(FileStamp.init(path:))
        do throws(TLSFailure) {
            let identity = try TLSIdentity(certificateFile: certificateFile, keyFile: keyFile)
            current = try TLSServerContext(
                identity: identity, options: try Self.options(options, clientRootsFile),
                continuing: roots == rootsInUse ? current : nil)
            rootsInUse = roots
            return .replaced(warnings: identity.warnings)
        } catch {
            return .kept(because: error)
        }
    }

    /// Reads the files again if they changed since they were read last; nil when they have not.
    ///
    /// Costs a `stat` call for each file; meant to be called now and then. Files that were not usable are not tried
    /// again before they change.
    public func reloadIfChanged() -> Outcome? {
        stamps == Self.stamps(certificateFile, keyFile, clientRootsFile) ? nil : reload()
    }

    private static func stamps(_ certificate: String, _ key: String, _ roots: String?) -> [FileStamp?] {
        [certificate, key, roots].map { path in path.flatMap(FileStamp.init(path:)) }
    }

    private static func options(
        _ options: TLSServerOptions, _ clientRootsFile: String?
    ) throws(TLSFailure) -> TLSServerOptions {
        guard let clientRootsFile else { return options }
        var options = options
        options.clientCertificates = .required(try .file(clientRootsFile))
        return options
    }

    /// Looks again and again whether the files have changed, and then reads them.
    ///
    /// By the clock and not by events, because what a name leads to may change without its folder: certificates often stand
    /// behind symbolic links that a renewal exchanges as a whole.
    ///
    /// - Parameters:
    ///   - interval: The time between two looks, each of a `stat` call for each file.
    ///   - reactor: Where the context belongs; it keeps the watch until the context is gone.
    ///   - report: Hears of every attempt.
    /// - Returns: The watch, to be stopped.
    @discardableResult public func watch(
        every interval: Duration = .seconds(60), on reactor: Reactor, _ report: @escaping (Outcome) -> Void = { _ in }
    ) -> LoopingCall {
        weak var own: LoopingCall?
        let watch = LoopingCall(on: reactor) { [weak self] in
            guard let self else { return own?.stop() ?? () }
            if let outcome = reloadIfChanged() { report(outcome) }
        }
        own = watch
        watch.start(every: interval)
        return watch
    }

    /// The current context.
    public var initialContext: TLSServerContext { current }

    /// The current context, whatever the name.
    public func context(forServerName name: String?) -> TLSServerContext? { current }
}
