import DaemonCore
import FileAccess
import FoundationEssentials
import Glibc
import PluginHost

/// What a plugin is compiled against: the modules of this very build of `mudd`, and those in C that they are made with.
///
/// ```text
///   kit/
///     build                       the build ID of the program that the modules belong to
///     PluginCore.swiftmodule …
///     CLinux/module.modulemap …
/// ```
struct PluginKit {
    private static let buildFile = "build"
    let folder: String

    /// The kit in a folder, or else beside this program, or where it is installed.
    ///
    /// - Throws: `DaemonFailure` when there is none, or it belongs to another build.
    static func find(_ folder: String?) throws(DaemonFailure) -> PluginKit {
        let program = programFolder
        let places = folder.map { [$0] } ?? ["\(program)/kit", "\(program)/../lib/mudd/kit"]
        guard let place = places.first(where: { access("\($0)/\(buildFile)", R_OK) == 0 }) else {
            throw DaemonFailure(
                .usage,
                "There is no kit to build plugins with in " + places.joined(separator: " or ")
                    + "; where mudd was built, mudd plugins kit DIR makes one.")
        }
        let octets = (try? readFile("\(place)/\(buildFile)", limit: 256)) ?? []
        let build = String(decoding: octets.filter { $0 > 32 }, as: UTF8.self)
        guard build == BuildID.own else {
            throw DaemonFailure(
                .usage,
                "The kit in \(place) belongs to the build \(build.prefix(12)) of mudd, and this is "
                    + "\((BuildID.own ?? "none").prefix(12)); make it again with mudd plugins kit.")
        }
        return PluginKit(folder: place)
    }

    /// What the compiler has to be told.
    var flags: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let maps = names.sorted().map { "\(folder)/\($0)/module.modulemap" }
            .filter { FileManager.default.fileExists(atPath: $0) }
        return ["-I", folder] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    }

    /// Copies the modules from where this program was built.
    ///
    /// - Returns: How many there are.
    static func make(in folder: String) throws(DaemonFailure) -> Int {
        guard let build = BuildID.own else {
            throw DaemonFailure(.usage, "This program was linked without --build-id, and can load no libraries.")
        }
        let program = programFolder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(program)/Modules")) ?? []
        let modules = names.filter { $0.hasSuffix(".swiftmodule") && !$0.hasSuffix("Tests.swiftmodule") }
        guard !modules.isEmpty, let basics = basics(program) else {
            throw DaemonFailure(.usage, "There are no modules in \(program)/Modules: mudd was not built there.")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in modules { try copy("\(program)/Modules/\(name)", to: "\(folder)/\(name)") }
            let rooms = try FileManager.default.contentsOfDirectory(atPath: basics).filter { $0.hasPrefix("C") }
            for name in rooms {
                // Headers of the system's libraries with their map, or of code of ours, whose map the build makes.
                let headers = "\(basics)/\(name)/include"
                let isOurs = FileManager.default.fileExists(atPath: headers)
                try copy(isOurs ? headers : "\(basics)/\(name)", to: "\(folder)/\(name)")
                guard isOurs else { continue }
                let map = "module \(name) {\n    header \"\(name).h\"\n    export *\n}\n"
                try Data(map.utf8).write(to: URL(filePath: "\(folder)/\(name)/module.modulemap"))
            }
            // Last, so that a kit that is half made is none.
            try Data("\(build)\n".utf8).write(to: URL(filePath: "\(folder)/\(buildFile)"), options: .atomic)
        } catch {
            throw DaemonFailure(.cannotCreate, "The kit in \(folder) cannot be made: \(error).")
        }
        return modules.count
    }

    private static func copy(_ source: String, to target: String) throws {
        if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    /// `Sources/Basics`, as the build notes it in the map of a module in C.
    private static func basics(_ program: String) -> String? {
        guard let octets = try? readFile("\(program)/CLinux.build/module.modulemap", limit: 65_536) else { return nil }
        let parts = String(decoding: octets, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
        return parts.first { $0.contains("/CLinux/include") }.map { path in
            String(path[..<(path.firstRange(of: "/CLinux/include")?.lowerBound ?? path.endIndex)])
        }
    }

    /// The folder of this program's file.
    private static var programFolder: String {
        guard let path = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(path) }
        let file = String(cString: path)
        return String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
    }
}
