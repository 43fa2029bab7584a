public import ReactorCore
public import SFTPWire

/// One request for each thing that a client wants.
extension SFTPClient {
    /// Resolves a path; `.` is where a session begins.
    public func realPath(_ path: String) -> Deferred<String> {
        request(.realPath(Array(path.utf8))).map { reply in
            guard case .names(let names) = reply, let name = names.first else { throw Self.unexpected }
            return name.text
        }
    }

    /// Tells what is known of a file.
    public func attributes(of path: String) -> Deferred<SFTPAttributes> {
        request(.attributes(path: Array(path.utf8))).map(Self.attributes)
    }

    /// Tells what is known of a link itself.
    public func linkAttributes(of path: String) -> Deferred<SFTPAttributes> {
        request(.linkAttributes(path: Array(path.utf8))).map(Self.attributes)
    }

    /// Changes what is known of a file; with a size it is cut or filled.
    public func setAttributes(_ attributes: SFTPAttributes, of path: String) -> Deferred<Void> {
        request(.setAttributes(path: Array(path.utf8), attributes)).map { _ in }
    }

    /// Lists a directory, without `.` and `..`; with more than `limit` names it fails.
    public func list(_ path: String, limit: Int = 100_000) -> Deferred<[SFTPName]> {
        request(.openDirectory(path: Array(path.utf8))).flatMap { [self] reply in
            let handle = try Self.handle(reply)
            var all: [SFTPName] = []
            var listedCount = 0
            func more() -> Deferred<[SFTPName]> {
                request(.readDirectory(handle: handle)).flatMap { reply in
                    guard case .names(let names) = reply, !names.isEmpty else { throw Self.unexpected }
                    all += names.filter { $0.octets != Array(".".utf8) && $0.octets != Array("..".utf8) }
                    // With those that are left out, or a server could list them without end.
                    listedCount += names.count
                    guard all.count <= limit, listedCount - 2 <= limit else {
                        throw SFTPStatus.failure("the directory has more than \(limit) names")
                    }
                    return more()
                }.recover { error in
                    guard (error as? SFTPStatus)?.code == .endOfFile else { throw error }
                    return all
                }
            }
            return more().flatMapResult { [self] result in
                request(.close(handle: handle)).mapResult { _ in try result.get() }
            }
        }
    }

    /// Opens a file.
    public func open(
        _ path: String, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes = SFTPAttributes()
    ) -> Deferred<SFTPClientFile> {
        request(.open(path: Array(path.utf8), flags, attributes)).map { [self] reply in
            SFTPClientFile(try Self.handle(reply), of: self)
        }
    }

    /// Removes a file.
    public func remove(_ path: String) -> Deferred<Void> { request(.remove(path: Array(path.utf8))).map { _ in } }

    /// Makes a directory.
    public func makeDirectory(_ path: String, _ attributes: SFTPAttributes = SFTPAttributes()) -> Deferred<Void> {
        request(.makeDirectory(path: Array(path.utf8), attributes)).map { _ in }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ path: String) -> Deferred<Void> {
        request(.removeDirectory(path: Array(path.utf8))).map { _ in }
    }

    /// Renames a file or a directory.
    ///
    /// With `isReplacing`, what has the new name is replaced, where the server can (`posix-rename@openssh.com`);
    /// otherwise most servers refuse that.
    public func rename(_ path: String, to newPath: String, isReplacing: Bool = false) -> Deferred<Void> {
        let (path, newPath) = (Array(path.utf8), Array(newPath.utf8))
        let canReplace = extensions[SFTPExtension.replace] != nil
        let request: SFTPRequest =
            isReplacing && canReplace
            ? .extended(.replace(path: path, newPath: newPath)) : .rename(path: path, newPath: newPath)
        return self.request(request).map { _ in }
    }

    /// Tells where a link leads.
    public func readLink(_ path: String) -> Deferred<String> {
        request(.readLink(path: Array(path.utf8))).map { reply in
            guard case .names(let names) = reply, let name = names.first else { throw Self.unexpected }
            return name.text
        }
    }

    /// Tells how much room there is.
    public func space(at path: String) -> Deferred<SFTPSpace> {
        request(.extended(.space(path: Array(path.utf8)))).map { reply in
            guard case .extended(let octets) = reply, let space = SFTPSpace(octets) else { throw Self.unexpected }
            return space
        }
    }

    static let unexpected = SFTPStatus(.badMessage, "the server has answered something else")

    static func attributes(_ reply: SFTPReply) throws -> SFTPAttributes {
        guard case .attributes(let attributes) = reply else { throw unexpected }
        return attributes
    }

    private static func handle(_ reply: SFTPReply) throws -> [UInt8] {
        guard case .handle(let handle) = reply else { throw unexpected }
        return handle
    }
}
