import Basics
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

    private func tryBinding() throws(SystemFailure) {
        let descriptor = try Socket.make(family: listeningAddress.family)
        defer { close(descriptor) }
        try bind(descriptor)
    }

    /// Binds a socket that is to listen here.
    func bind(_ descriptor: Int32) throws(SystemFailure) {
        switch kind {
        // So a port is refused that somebody listens on, and not one that connections of the past still have.
        case .tcp: Socket.enable(descriptor, SOL_SOCKET, SO_REUSEADDR)
        case .tcp6:
            Socket.enable(descriptor, SOL_SOCKET, SO_REUSEADDR)
            Socket.enable(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY)
        case .unix: break
        }
        if sharesPort { try Socket.sharePort(descriptor) }
        try Socket.bind(descriptor, to: listeningAddress)
    }

    private static func tryOut(unix path: String) throws(SystemFailure) {
        // An abstract name has no file.
        guard let first = path.utf8.first, first != 0 else { return }
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK {
            throw SystemFailure(code: EADDRINUSE, call: "bind")
        }
        guard unsafe access(path.directoryOfPath, W_OK | X_OK) == 0 else { throw SystemFailure(call: "bind") }
    }
}
