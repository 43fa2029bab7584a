import ReactorCore
import SFTPWire

/// What each request does.
extension SFTPServer {
    func answer(to request: SFTPRequest) -> Deferred<SFTPReply> {
        .attempt { () throws -> Deferred<SFTPReply> in
            switch request {
            case .open(let path, let flags, let attributes): try open(try resolve(path), flags, attributes)
            case .close(let handle): try close(handle)
            case .read(let handle, let offset, let count): try read(handle, offset, Int(count))
            case .write(let handle, let offset, let data): try write(handle, offset, data)
            case .attributes(let path), .linkAttributes(let path):
                attributes(of: try resolve(path)).map { .attributes($0) }
            case .handleAttributes(let handle): .succeeded(.attributes(try handles.file(handle).file.attributes))
            case .setAttributes(let path, let attributes), .extended(.setLinkAttributes(let path, let attributes)):
                done(try setAttributes(attributes, of: try resolve(path)))
            case .setHandleAttributes(let handle, let attributes):
                done(try handles.file(handle).file.setAttributes(attributes))
            case .openDirectory(let path): try openDirectory(try resolve(path))
            case .readDirectory(let handle): .succeeded(try readDirectory(handle))
            case .remove(let path): done(remove(try resolve(path)))
            case .makeDirectory(let path, let attributes): done(makeDirectory(try resolve(path), attributes))
            case .removeDirectory(let path): done(removeDirectory(try resolve(path)))
            case .realPath(let path): .succeeded(name(try resolve(path)))
            case .rename(let path, let newPath): done(try rename(path, newPath, isReplacing: false))
            case .readLink(let path):
                attributes(of: try resolve(path)).map { _ in throw SFTPStatus.failure("this is no link") }
            case .makeLink: throw SFTPStatus.unsupported("there are no links here")
            case .extended(let request): try answer(to: request)
            case .unknown: throw SFTPStatus.unsupported()
            }
        }
    }

    private func answer(to request: SFTPExtendedRequest) throws -> Deferred<SFTPReply> {
        switch request {
        case .replace(let path, let newPath): return done(try rename(path, newPath, isReplacing: true))
        case .synchronize(let handle): return done(try handles.file(handle).file.synchronize())
        case .limits: return .succeeded(.extended(SFTPServerLimits(handles: SFTPHandles.limit).octets))
        case .space(let path): return space(at: try resolve(path))
        case .handleSpace(let handle): return space(at: try handles.file(handle).path)
        case .expandPath(let path): return .succeeded(name(try expand(path)))
        case .homeDirectory(let user):
            guard user.isEmpty else { throw SFTPStatus.noSuchFile }
            return .succeeded(name(tree.home))
        case .copyData(let from, let offset, let count, let to, let newOffset):
            return try copy(from, offset, count, to, newOffset)
        case .hardLink: throw SFTPStatus.unsupported("there are no links here")
        case .setLinkAttributes, .other: throw SFTPStatus.unsupported()
        }
    }

    // MARK: Paths

    func resolve(_ path: [UInt8]) throws(SFTPStatus) -> SFTPPath { try SFTPPath(path, from: tree.home) }

    /// Resolves a path whose first name may be `~`; somebody else's home is nowhere.
    private func expand(_ path: [UInt8]) throws(SFTPStatus) -> SFTPPath {
        guard path.first == UInt8(ascii: "~") else { return try resolve(path) }
        let rest = path.dropFirst()
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { throw .noSuchFile }
        return try resolve(Array(rest.drop { $0 == UInt8(ascii: "/") }))
    }

    private func name(_ path: SFTPPath) -> SFTPReply {
        let octets = Array(path.description.utf8)
        return .names([SFTPName(octets, longName: octets)])
    }

    func done(_ work: Deferred<Void>) -> Deferred<SFTPReply> { work.map { .status(.ok) } }

    // MARK: What is there

    /// What is known of a path; a file that this session writes is there already.
    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> {
        if let written = handles.written(at: path).first { return .succeeded(written.file.attributes) }
        return tree.attributes(of: path)
    }

    private func setAttributes(_ attributes: SFTPAttributes, of path: SFTPPath) throws -> Deferred<Void> {
        if let written = handles.written(at: path).first { return written.file.setAttributes(attributes) }
        guard let size = attributes.size else { return tree.setAttributes(attributes, of: path) }
        var rest = attributes
        rest.size = nil
        var cut = SFTPAttributes()
        cut.size = size
        return tree.open(path, .write, SFTPAttributes()).flatMap { file in
            file.setAttributes(cut).flatMap { file.close() }.flatRecover { error in
                file.abandon()
                return .failed(error)
            }
        }.flatMap { [tree] in rest == SFTPAttributes() ? .succeeded(()) : tree.setAttributes(rest, of: path) }
    }

    private func space(at path: SFTPPath) -> Deferred<SFTPReply> {
        tree.space(of: path).map { space in
            guard let space else { throw SFTPStatus.unsupported("nobody counts the room here") }
            return .extended(space.octets)
        }
    }

    // MARK: Names

    private func remove(_ path: SFTPPath) -> Deferred<Void> {
        let written = handles.written(at: path)
        for open in written { open.isRemoved = true }
        return tree.remove(path).recover { error in
            // A new file that was not closed yet is not in the tree.
            if (error as? SFTPStatus)?.code == .noSuchFile, !written.isEmpty { return }
            for open in written { open.isRemoved = false }
            throw error
        }.map { [self] in report?(.removed(path)) }
    }

    private func removeDirectory(_ path: SFTPPath) -> Deferred<Void> {
        tree.removeDirectory(path).map { [self] in report?(.removed(path)) }
    }

    private func makeDirectory(_ path: SFTPPath, _ attributes: SFTPAttributes) -> Deferred<Void> {
        tree.makeDirectory(path, attributes).map { [self] in report?(.madeDirectory(path)) }
    }

    /// Renames; what this session has written under the old name is given to the tree before.
    private func rename(_ path: [UInt8], _ newPath: [UInt8], isReplacing: Bool) throws -> Deferred<Void> {
        let (path, newPath) = (try resolve(path), try resolve(newPath))
        if path == newPath { return attributes(of: path).map { _ in } }
        let (written, replaced) = (handles.written(at: path), handles.written(at: newPath))
        return gather(written.map { $0.file.synchronize() }).flatMap { [tree] _ in
            tree.rename(path, to: newPath, isReplacing: isReplacing)
        }.map { [self] in
            for open in replaced { open.isRemoved = true }
            for open in written { (open.path, open.isMoved) = (newPath, true) }
            report?(.renamed(path, to: newPath))
        }
    }
}
