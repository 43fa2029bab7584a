// swift-tools-version: 6.2
import PackageDescription

// The house: every target is a room on a floor. `Floor` is ordered from the ground up; an arrow (a
// need) may go down or stay on its floor, never up, a pure room needs only pure rooms, the framework knows
// nothing of the world, and no gateway of another. The preconditions below make a violation stop
// `swift build` with the names of the rooms.

// swift-format-ignore: AlwaysUseLowerCamelCase, OneCasePerLine
enum Floor: Int {
    case Basics, World, Wire, Reactor, Application, Peers, Gateways, Programs
}

// swift-format-ignore: OneCasePerLine
enum Form { case library, program, cLibrary, cProgram, system }

struct Room {
    let floor: Floor
    let name: String
    var form: Form = .library
    var needs: [String] = []
    var packages: [Target.Dependency] = []
    /// No I/O, no clock, no Foundation; testable byte by byte.
    var pure = false
    /// Has `Tests/<Floor>/<Name>Tests`, which may additionally need these rooms.
    var tests: [String]? = nil
    var exclude: [String] = []
    /// The package trait without which nobody needs it.
    var trait: String? = nil
    var aptPackage: String? = nil
    var links: [String] = []
    /// Loads plugins, so that it shows them its symbols, and knows which build it is.
    var hosts = false
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
/// Packages that do no I/O and read no clock.
let pureProducts: Set = ["Yams"]

let rooms: [Room] = [
    // Basics
    Room(floor: .Basics, name: "Basics", pure: true, tests: []),
    Room(floor: .Basics, name: "FileAccess", tests: ["FileAccessTesting"]),
    Room(floor: .Basics, name: "FileAccessTesting", needs: ["FileAccess"]),
    Room(floor: .Basics, name: "CLinux", form: .cLibrary),
    // Not pure: the system's tables of characters are files.
    Room(floor: .Basics, name: "CharacterEncodings", needs: ["CLinux"], tests: ["Basics"]),
    Room(floor: .Basics, name: "CArgon2", form: .system, aptPackage: "libargon2-dev"),
    Room(floor: .Basics, name: "CCrypt", form: .system, aptPackage: "libcrypt-dev"),
    Room(floor: .Basics, name: "CLDAP", form: .system, trait: "LDAP", aptPackage: "libldap-dev"),
    Room(floor: .Basics, name: "CPAM", form: .system, trait: "PAM", aptPackage: "libpam0g-dev"),
    Room(floor: .Basics, name: "CUring", form: .system, aptPackage: "liburing-dev"),
    // Pure rooms compute with it in memory; its sockets and files are for nobody, its TLS for TransportTLS.
    Room(floor: .Basics, name: "COpenSSL", form: .system, pure: true, aptPackage: "libssl-dev"),
    // Pure: it takes octets in memory and gives octets in memory; nobody needs its functions for files.
    Room(floor: .Basics, name: "CZlib", form: .system, pure: true, aptPackage: "zlib1g-dev"),

    // World (pure)
    Room(floor: .World, name: "WorldModel", needs: ["Basics"], pure: true, tests: []),
    Room(floor: .World, name: "WorldLanguage", needs: ["Basics", "WorldModel"], pure: true, tests: []),
    Room(
        floor: .World, name: "WorldVerbs", needs: ["Basics", "WorldModel", "WorldLanguage"], pure: true,
        tests: ["MarkupWire", "TerminalWire", "WorldTesting", "WorldText"]),
    Room(
        floor: .World, name: "WorldText", needs: ["Basics", "WorldModel", "WorldLanguage"], packages: [yams],
        pure: true,
        tests: ["WorldLanguage", "WorldVerbs", "WorldTesting"]),
    Room(
        floor: .World, name: "WorldTesting", needs: ["Basics", "WorldModel", "WorldLanguage", "WorldVerbs"],
        pure: true),

    // Wire (pure)
    Room(floor: .Wire, name: "FramingWire", needs: ["Basics"], pure: true, tests: []),
    Room(floor: .Wire, name: "DigestWire", needs: ["COpenSSL"], pure: true, tests: []),
    Room(floor: .Wire, name: "TelnetWire", needs: ["Basics"], pure: true, tests: []),
    Room(floor: .Wire, name: "TerminalWire", needs: ["Basics", "MUDWire"], pure: true, tests: ["TerminalTesting"]),
    Room(floor: .Wire, name: "TerminalTesting", needs: ["TerminalWire"], pure: true),
    Room(floor: .Wire, name: "MarkupWire", needs: ["Basics", "TerminalWire"], pure: true, tests: []),
    Room(floor: .Wire, name: "CompressionWire", needs: ["CZlib"], pure: true, tests: ["Basics"]),
    Room(floor: .Wire, name: "ProxyWire", needs: ["Basics"], pure: true, tests: []),
    Room(floor: .Wire, name: "SASLWire", needs: ["Basics"], pure: true, tests: []),
    Room(floor: .Wire, name: "JSONWire", pure: true, tests: ["Basics"]),
    Room(floor: .Wire, name: "MUDWire", needs: ["Basics", "JSONWire"], pure: true, tests: []),

    Room(
        floor: .Wire, name: "SSHKeys", needs: ["Basics", "COpenSSL", "DigestWire", "FramingWire"], pure: true,
        tests: ["FileAccessTesting"]),
    Room(floor: .Wire, name: "SSHWire", needs: ["Basics", "COpenSSL", "DigestWire", "SSHKeys"], pure: true, tests: []),
    Room(floor: .Wire, name: "IRCWire", needs: ["Basics", "FramingWire"], pure: true, tests: []),
    Room(floor: .Wire, name: "HTTPWire", needs: ["Basics", "DigestWire"], pure: true, tests: []),
    Room(floor: .Wire, name: "SFTPWire", needs: ["Basics", "FramingWire", "SSHKeys"], pure: true, tests: []),

    // Reactor
    Room(
        floor: .Reactor, name: "ReactorCore", needs: ["Basics", "FileAccess", "CLinux", "CUring"],
        tests: ["ReactorTesting", "ReactorTestingTraits"]),
    Room(
        floor: .Reactor, name: "Transports", needs: ["Basics", "FileAccess", "CLinux", "ProxyWire", "ReactorCore"],
        tests: ["FileAccessTesting", "FramingWire", "ReactorTesting", "ReactorTestingTraits", "TransportTLS"]),
    Room(
        floor: .Reactor, name: "TransportTLS",
        needs: ["Basics", "COpenSSL", "FileAccess", "ReactorCore", "Transports"],
        tests: ["FileAccessTesting", "ReactorTesting", "ReactorTestingTraits"]),
    Room(
        floor: .Reactor, name: "ReactorTesting", needs: ["Basics", "ReactorCore", "Transports"],
        tests: []),
    // Apart from ReactorTesting, because what imports Testing can be linked into tests only.
    Room(
        floor: .Reactor, name: "ReactorTestingTraits", needs: ["ReactorCore", "ReactorTesting"],
        tests: ["Transports"]),

    // Application
    Room(
        floor: .Application, name: "ServiceCore", needs: ["Basics", "ReactorCore", "Transports"],
        tests: ["ReactorTesting"]),
    Room(
        floor: .Application, name: "CredentialCore",
        needs: [
            "Basics", "CArgon2", "CCrypt", "COpenSSL", "DigestWire", "FileAccess", "SASLWire", "SSHKeys", "ReactorCore",
        ],
        tests: ["FileAccessTesting", "ReactorTesting", "CredentialTesting"]),
    Room(
        floor: .Application, name: "CredentialTesting", needs: ["ReactorCore", "ReactorTesting", "CredentialCore"]),
    Room(
        floor: .Application, name: "CredentialLDAP",
        needs: ["Basics", "CLDAP", "CredentialCore", "FileAccess", "ReactorCore"],
        tests: ["FileAccessTesting", "ReactorTesting", "CredentialTesting"]),
    Room(
        floor: .Application, name: "CredentialPAM", needs: ["CredentialCore", "FileAccess", "ReactorCore", "CPAM"],
        tests: ["FileAccessTesting", "ReactorTesting", "CredentialTesting"]),
    Room(
        floor: .Application, name: "AuditCore", needs: ["Basics", "CredentialCore", "DigestWire", "FileAccess"],
        tests: ["FileAccessTesting"]),
    Room(
        floor: .Application, name: "MetricsCore", needs: ["Basics", "ReactorCore", "Transports"], packages: [metrics],
        tests: ["ReactorTesting"]),
    Room(
        floor: .Application, name: "DaemonCore",
        needs: ["Basics", "CLinux", "FileAccess", "ReactorCore", "Transports", "TransportTLS", "ServiceCore"],
        packages: [logging, yams], tests: ["FileAccessTesting", "ReactorTesting"]),
    Room(
        floor: .Application, name: "PluginCore", needs: ["ReactorCore", "Transports", "ServiceCore", "CredentialCore"],
        packages: [arguments, logging], tests: []),
    Room(
        floor: .Application, name: "PluginHost", needs: ["Basics", "DaemonCore", "FileAccess", "PluginCore"],
        packages: [yams],
        tests: ["FileAccessTesting", "ReactorCore", "ServiceCore", "Transports", "TransportTLS"]),
    Room(
        floor: .Application, name: "WorldPlugins",
        needs: ["Basics", "WorldModel", "WorldLanguage", "WorldVerbs", "PluginCore"], tests: ["WorldTesting"]),
    Room(
        floor: .Application, name: "WorldStore", needs: ["Basics", "FileAccess", "WorldModel"],
        packages: [grdb, sqlite], tests: ["FileAccessTesting", "WorldStoreTesting"]),
    Room(floor: .Application, name: "CFaultVolume", form: .cLibrary, links: ["sqlite3"]),
    Room(
        floor: .Application, name: "WorldStoreTesting",
        needs: ["Basics", "WorldModel", "WorldStore", "CFaultVolume"]),

    // Peers
    Room(
        floor: .Peers, name: "PeerCore", needs: ["ReactorCore", "Transports", "TransportTLS"],
        tests: ["FileAccessTesting", "ReactorTesting"]),
    Room(
        floor: .Peers, name: "ShellPeers",
        needs: [
            "Basics", "CharacterEncodings", "CompressionWire", "FileAccess", "ReactorCore", "SFTPWire", "SSHKeys",
            "SSHWire", "TelnetWire", "Transports",
        ],
        tests: ["FileAccessTesting", "ReactorTesting"]),
    Room(
        floor: .Peers, name: "WebPeers", needs: ["Basics", "HTTPWire", "ReactorCore", "Transports"],
        tests: ["ReactorTesting"]),
    Room(
        floor: .Peers, name: "ChatPeers",
        needs: [
            "Basics", "CredentialCore", "HTTPWire", "IRCWire", "ReactorCore", "SASLWire", "Transports", "TransportTLS",
            "WebPeers",
        ],
        tests: ["FileAccessTesting", "ReactorTesting"]),

    // Gateways
    Room(
        floor: .Gateways, name: "GatewayCore",
        needs: [
            "Basics", "WorldModel", "WorldLanguage", "WorldVerbs", "TerminalWire", "ReactorCore", "Transports",
            "SASLWire", "CredentialCore", "AuditCore", "SSHKeys",
        ], packages: [logging], tests: ["ReactorTesting", "TerminalTesting", "WorldTesting", "WorldText"]),
    Room(
        floor: .Gateways, name: "GatewayTesting",
        needs: ["Basics", "CredentialCore", "GatewayCore", "ReactorCore", "WorldModel", "WorldVerbs"],
        packages: [logging]),
    Room(
        floor: .Gateways, name: "TelnetGateway",
        needs: [
            "Basics", "CharacterEncodings", "CompressionWire", "GatewayCore", "MUDWire", "ReactorCore", "ShellPeers",
            "TelnetWire", "TerminalWire", "Transports", "WorldModel", "WorldVerbs",
        ],
        packages: [logging],
        tests: [
            "CredentialCore", "GatewayTesting", "ReactorTesting", "TerminalTesting", "WorldLanguage", "WorldModel",
            "WorldTesting", "WorldVerbs",
        ]),
    Room(
        floor: .Gateways, name: "SSHGateway",
        needs: [
            "AuditCore", "Basics", "CredentialCore", "FileAccess", "GatewayCore", "ReactorCore", "SFTPWire",
            "ShellPeers", "SSHKeys", "SSHWire", "TerminalWire", "Transports", "WorldLanguage", "WorldModel",
            "WorldVerbs",
        ],
        packages: [logging],
        tests: ["FileAccessTesting", "GatewayTesting", "ReactorTesting", "TerminalTesting", "WorldTesting"]),
    Room(
        floor: .Gateways, name: "IRCGateway",
        needs: [
            "AuditCore", "Basics", "ChatPeers", "CredentialCore", "GatewayCore", "HTTPWire", "IRCWire", "MarkupWire",
            "ReactorCore", "SASLWire", "ServiceCore", "TerminalWire", "Transports", "WebPeers", "WorldLanguage",
            "WorldModel", "WorldVerbs",
        ],
        packages: [logging],
        tests: ["FileAccessTesting", "GatewayTesting", "ReactorTesting", "TerminalTesting", "WorldTesting"]),
    Room(
        floor: .Gateways, name: "AdminGateway",
        needs: [
            "Basics", "WorldModel", "WorldLanguage", "WorldVerbs", "WorldText", "WorldStore", "ReactorCore",
            "Transports", "CredentialCore", "AuditCore", "MetricsCore", "DaemonCore", "FileAccess", "GatewayCore",
        ], packages: [logging], tests: ["FileAccessTesting", "ReactorTesting", "TerminalWire", "WorldTesting"]),

    // Programs
    Room(
        floor: .Programs, name: "MuddProgram",
        needs: [
            "AdminGateway", "AuditCore", "Basics", "CharacterEncodings", "ChatPeers", "CredentialCore",
            "CredentialLDAP", "CredentialPAM", "DaemonCore", "FileAccess", "GatewayCore", "HTTPWire", "IRCGateway",
            "IRCWire", "MetricsCore", "PeerCore", "PluginCore", "PluginHost", "ReactorCore", "ServiceCore",
            "ShellPeers", "SSHGateway", "SSHKeys", "SSHWire", "TelnetGateway", "TelnetWire", "Transports",
            "TransportTLS", "WorldLanguage", "WorldModel", "WorldPlugins", "WorldStore", "WorldText", "WorldVerbs",
        ], packages: [arguments, logging, metrics]),
    // Plugins use what the program has in it, also where it does not use that itself.
    Room(floor: .Programs, name: "mudd", form: .program, needs: ["FramingWire", "MuddProgram"], hosts: true),
    Room(
        floor: .Programs, name: "mud-admin", form: .program,
        needs: [
            "Basics", "WorldModel", "WorldText", "WorldStore", "ReactorCore", "CredentialCore", "AuditCore",
            "DaemonCore", "GatewayCore", "AdminGateway", "WorldVerbs",
        ], packages: [arguments, logging]),
    Room(
        floor: .Programs, name: "bench-echo", form: .program,
        needs: ["ReactorCore", "Transports", "TransportTLS"]),
    Room(floor: .Programs, name: "bench-echo-c", form: .cProgram),
    Room(
        floor: .Programs, name: "reactor-examples", form: .program,
        needs: [
            "ChatPeers", "FileAccess", "FramingWire", "IRCWire", "ReactorCore", "ShellPeers", "SSHKeys", "SSHWire",
            "TelnetWire", "Transports", "TransportTLS",
        ]),
    Room(floor: .Programs, name: "bench-load", form: .cProgram, links: ["ssl", "crypto", "z"]),
    Room(floor: .Programs, name: "bench-ssh", form: .program, needs: ["Basics", "SSHKeys", "SSHWire"]),
    Room(floor: .Programs, name: "bench-timers", form: .program, needs: ["ReactorCore"]),
    Room(
        floor: .Programs, name: "bench-world", form: .program,
        needs: ["Basics", "WorldModel", "WorldVerbs", "WorldTesting", "WorldStore"]),
]

let byName = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0) })
for room in rooms {
    for need in room.needs {
        guard let needed = byName[need] else { preconditionFailure("\(room.name) needs unknown room \(need)") }
        precondition(
            needed.floor.rawValue <= room.floor.rawValue,
            "\(room.name) (\(room.floor)) needs \(need) (\(needed.floor)): an arrow may not go up")
        precondition(
            needed.floor != .World || [.World, .Application, .Gateways, .Programs].contains(room.floor),
            "\(room.name) (\(room.floor)) needs \(need): the world is for those who serve the game")
        precondition(
            needed.floor != .Gateways || need == "GatewayCore" || room.floor == .Programs,
            "\(room.name) needs \(need): one gateway knows nothing of another")
        precondition(!room.pure || needed.pure, "pure room \(room.name) needs impure room \(need)")
    }
    for case .productItem(let product, _, _, _) in room.packages where room.pure {
        precondition(pureProducts.contains(product), "pure room \(room.name) needs impure package \(product)")
    }
}

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let hosting = ["-Xlinker", "--export-dynamic", "-Xlinker", "--build-id=sha1"]

func dependency(on name: String) -> Target.Dependency {
    guard let trait = byName[name]?.trait else { return .target(name: name) }
    return .target(name: name, condition: .when(traits: [trait]))
}

var targets: [Target] = []
for room in rooms {
    let path = "Sources/\(room.floor)/\(room.name)"
    let needs = room.needs.map(dependency) + room.packages
    let swift = strict + (room.floor == .Basics || room.floor == .Reactor ? [.strictMemorySafety()] : [])
    let links = room.links.map { LinkerSetting.linkedLibrary($0) }
    switch room.form {
    case .library:
        targets.append(
            .target(name: room.name, dependencies: needs, path: path, exclude: room.exclude, swiftSettings: swift))
    case .program:
        targets.append(
            .executableTarget(
                name: room.name, dependencies: needs, path: path, exclude: room.exclude, swiftSettings: swift,
                linkerSettings: room.hosts ? [.unsafeFlags(hosting)] : []))
    case .cLibrary:
        targets.append(.target(name: room.name, dependencies: needs, path: path, linkerSettings: links))
    case .cProgram:
        targets.append(
            .executableTarget(
                name: room.name, dependencies: needs, path: path,
                cSettings: [.unsafeFlags(["-O2"])], linkerSettings: links))
    case .system:
        targets.append(
            .systemLibrary(
                name: room.name, path: path,
                providers: room.aptPackage.map { [.apt([$0])] }))
    }
    if let extra = room.tests {
        targets.append(
            .testTarget(
                name: "\(room.name)Tests",
                dependencies: Set(room.needs + extra + [room.name]).sorted().map(dependency)
                    + room.packages,
                path: "Tests/\(room.floor)/\(room.name)Tests", swiftSettings: strict))
    }
}

let package = Package(
    name: "mudd",
    products: [
        .executable(name: "mudd", targets: ["mudd"]),
        .executable(name: "mud-admin", targets: ["mud-admin"]),
        .library(name: "Reactor", targets: ["FramingWire", "ReactorCore", "Transports", "TransportTLS"]),
        .library(name: "Services", targets: ["ServiceCore", "CredentialCore", "PluginCore"]),
        .library(
            name: "Peers",
            targets: [
                "PeerCore", "ShellPeers", "TelnetWire", "SSHKeys", "SSHWire", "SFTPWire", "CharacterEncodings",
                "ChatPeers", "IRCWire", "HTTPWire", "WebPeers",
            ]),
        .library(name: "GamePlugins", targets: ["WorldPlugins"]),
        .library(name: "MuddProgram", targets: ["MuddProgram"]),
        .library(name: "ReactorKit", targets: ["ReactorTesting"]),
        .library(name: "ReactorKitTraits", targets: ["ReactorTestingTraits"]),
        .library(name: "CredentialKit", targets: ["CredentialTesting"]),
    ],
    traits: [
        .trait(name: "LDAP", description: "Logins checked by a directory; needs libldap"),
        .trait(name: "PAM", description: "Logins checked by PAM; needs libpam"),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
