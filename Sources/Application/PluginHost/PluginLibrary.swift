import DaemonCore
import Glibc
package import PluginCore

/// A shared library with a plugin in it.
///
/// A library holds nothing but the plugin's own code and finds the rest in the program, so that each type exists once. As Swift
/// promises no stable binary interface, it has to be made for this very build of the program: it says for which in the name of a
/// symbol, so that no function of it is called to find out; only what a library does when it is loaded has happened by then.
///
/// What is loaded stays so: Swift code cannot be taken out of a process again.
package enum PluginLibrary {
    /// The name of the symbol that a library made for a build has.
    package static func seal(ofBuild build: String) -> String { "mudd_plugin_build_\(build)" }

    /// Loads the library of a plugin.
    ///
    /// - Parameters:
    ///   - file: The plugin's manifest.
    ///   - build: The identity of this program.
    /// - Returns: What its library offers.
    /// - Throws: `PluginFailure`: made for another build, no such file, no library, no plugin in it.
    package static func load(_ file: PluginFile, into build: String? = BuildID.own)
        throws(PluginFailure) -> any Plugin.Type
    {
        func failure(_ reason: String) -> PluginFailure { PluginFailure(plugin: file.name, reason: reason) }
        guard let build else { throw failure("this program was linked without --build-id, and can load no libraries") }
        guard file.build == build else {
            let by = file.compiler.isEmpty ? "" : " by \(file.compiler)"
            throw failure(
                "it was made\(by) for another build of mudd (\(file.build.prefix(12))), and this is \(build.prefix(12)) of version "
                    + "\(DaemonVersion.current); make it again with mudd plugins build")
        }
        // A second copy of Swift's own libraries would come with the plugin, and know nothing of the first one's types.
        guard dlopen("libswiftCore.so", RTLD_NOW | RTLD_NOLOAD) != nil else {
            throw failure("this program was linked with -static-stdlib, and can load no libraries")
        }
        guard let handle = dlopen(file.libraryPath, RTLD_NOW | RTLD_LOCAL) else { throw failure(problem(file)) }
        guard dlsym(handle, seal(ofBuild: build)) != nil else {
            throw failure("\(file.library) was made for another build of mudd, whatever its manifest says")
        }
        guard let address = dlsym(handle, PluginEntry.symbol) else {
            throw failure("\(file.library) has no function \(PluginEntry.symbol)")
        }
        // The name is ours, and the seal says that the library was compiled for it: no parameters, and an owned PluginEntry.
        let offer = unsafeBitCast(address, to: (@convention(c) () -> UnsafeMutableRawPointer).self)
        return Unmanaged<PluginEntry>.fromOpaque(offer()).takeRetainedValue().plugin
    }

    /// What the dynamic linker says, without the path it begins with.
    private static func problem(_ file: PluginFile) -> String {
        var text = dlerror().map { String(cString: $0) } ?? "it cannot be loaded"
        if text.hasPrefix(file.libraryPath + ": ") { text = String(text.dropFirst(file.libraryPath.utf8.count + 2)) }
        return "\(file.library): \(text)"
    }
}
