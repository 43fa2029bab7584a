/// A package that makes a client fit for this game; `Client.GUI` in GMCP.
package struct MUDClientPackage: Hashable, Sendable {
    /// Clients fetch the package again when this is another one.
    package var version: String
    package var url: String

    package init(version: String, url: String) {
        self.version = version
        self.url = url
    }
}
