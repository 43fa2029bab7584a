import Glibc
public import ReactorCore

/// A listening socket that this process was given, to wait for connections on.
///
/// The given descriptor is copied and never closed; stopping only closes the copy, so that whoever gave it may go on
/// with it, or give it to the next process.
public struct AdoptedEndpoint: ServerEndpoint {
    /// The descriptor of a listening stream socket.
    public var descriptor: Int32

    /// The endpoint as it was asked for.
    public var description: String

    /// Makes an endpoint of a descriptor.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        description = "fd:\(descriptor)"
    }

    init(descriptor: Int32, description: String) {
        self.descriptor = descriptor
        self.description = description
    }

    /// Begins to wait for connections.
    ///
    /// - Throws: ``AdoptionFailure``, as when the descriptor is no listening socket.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        do throws(SystemFailure) {
            return try Listener(adopting: descriptor, factory: factory, reactor: reactor)
        } catch {
            throw AdoptionFailure(endpoint: description, cause: error)
        }
    }
}

/// Why a given socket cannot be listened on.
public struct AdoptionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The endpoint as it was asked for.
    public var endpoint: String

    /// What the kernel said.
    public var cause: SystemFailure

    /// The failure in one line.
    public var description: String { "cannot listen on \(endpoint): \(cause)" }
}

/// The sockets that a service manager opened for this process (`sd_listen_fds(3)`).
///
/// ```text
///   LISTEN_PID=1234            the process they are for
///   LISTEN_FDS=2               how many, from descriptor 3 on
///   LISTEN_FDNAMES=telnet:web  their names, separated by colons
/// ```
public struct ActivationSockets: Hashable, Sendable {
    /// The first descriptor (`SD_LISTEN_FDS_START`).
    public static let firstDescriptor: Int32 = 3

    /// The most descriptors believed in; a process has no more by default.
    public static let mostDescriptors = 1024

    /// The names in order of the descriptors; a socket without a name is called `unknown`.
    public let names: [String]

    /// Reads the variables of an environment; nothing was given to this process when they are for another one.
    public init(environment: [String: String], processID: Int32) {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == processID,
            let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), (1...Self.mostDescriptors).contains(count)
        else {
            names = []
            return
        }
        let given = environment["LISTEN_FDNAMES"].map {
            $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
        names = (0..<count).map { index in
            guard let given, index < given.count, !given[index].isEmpty else { return "unknown" }
            return given[index]
        }
    }

    /// What this process was given, by its environment.
    public static var ofThisProcess: ActivationSockets {
        var environment: [String: String] = [:]
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] {
            if let value = unsafe getenv(name) { environment[name] = unsafe String(cString: value) }
        }
        return ActivationSockets(environment: environment, processID: getpid())
    }

    /// The descriptors of a name, in order.
    public func descriptors(named name: String) -> [Int32] {
        names.indices.filter { names[$0] == name }.map { Self.firstDescriptor + Int32($0) }
    }
}

extension EndpointRegistry {
    /// Adds the kinds for sockets that this process was given: `fd:N` and `systemd:name=NAME` (or `systemd:index=N`).
    ///
    /// - Parameters:
    ///   - sockets: What the service manager gave.
    ///   - isTrial: Descriptions are only looked at, outside the service manager: any socket counts as given.
    public mutating func registerAdopted(_ sockets: ActivationSockets, isTrial: Bool = false) {
        registerServer("fd") { arguments, _ in
            guard let text = arguments.positional(), let descriptor = Int32(text), descriptor >= 0 else {
                throw arguments.failure("", "the number of a descriptor is missing")
            }
            return AdoptedEndpoint(descriptor: descriptor)
        }
        registerServer("systemd") { arguments, _ in
            if let index = try arguments.number("index", in: 0...ActivationSockets.mostDescriptors) {
                guard index < sockets.names.count || isTrial else {
                    throw arguments.failure("\(index)", "only \(sockets.names.count) sockets were given")
                }
                return AdoptedEndpoint(
                    descriptor: ActivationSockets.firstDescriptor + Int32(index), description: "systemd:index=\(index)")
            }
            guard let name = arguments.option("name") else { throw arguments.failure("", "name= or index= is missing") }
            guard let descriptor = sockets.descriptors(named: name).first ?? (isTrial ? -1 : nil) else {
                let known = Set(sockets.names).sorted().joined(separator: ", ")
                throw arguments.failure(name, "no such socket was given; there are: \(known.isEmpty ? "none" : known)")
            }
            return AdoptedEndpoint(
                descriptor: descriptor, description: "systemd:name=\(EndpointDescription.escaped(name))")
        }
    }
}
