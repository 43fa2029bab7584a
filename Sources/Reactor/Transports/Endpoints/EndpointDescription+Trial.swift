import CLinux
import Glibc
import ReactorCore

extension EndpointDescription {
    /// Finds out whether listening here would succeed, without listening: nobody can connect meanwhile, and no file is made.
    ///
    /// Of a Unix socket only its folder is looked at, and whether something else has its name.
    ///
    /// - Throws: ``ListenFailure``, as listening would.
    package func tryOut() throws(ListenFailure) {
        do throws(SystemFailure) {
            switch kind {
            case .unix(let path, _): try Self.tryOut(unix: path)
            case .tcp, .tcp6: try tryBinding()
            }
        } catch {
            throw ListenFailure(endpoint: self, cause: error)
        }
    }

    /// Binds as a listener does, for a moment.
    private func tryBinding() throws(SystemFailure) {
        let address = listeningAddress
        let descriptor = try Socket.make(family: address.family)
        defer { close(descriptor) }
        // So a port is refused that somebody listens on, and not one that connections of the past still have.
        Socket.enable(descriptor, SOL_SOCKET, SO_REUSEADDR)
        if case .tcp6 = kind { Socket.enable(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        if sharesPort { try Socket.sharePort(descriptor) }
        try Socket.bind(descriptor, to: address)
    }

    private static func tryOut(unix path: String) throws(SystemFailure) {
        // An abstract name has no file.
        guard let first = path.utf8.first, first != 0 else { return }
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK {
            throw SystemFailure(code: EADDRINUSE, call: "bind")
        }
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard unsafe access(folder, W_OK | X_OK) == 0 else { throw SystemFailure(call: "bind") }
    }
}
