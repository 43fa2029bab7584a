import ReactorCore
import SFTPWire

/// What is done with files and directories that are open.
extension SFTPServer {
    func open(_ path: SFTPPath, _ wanted: SFTPOpenFlags, _ attributes: SFTPAttributes) throws -> Deferred<SFTPReply> {
        guard !handles.isFull else { throw SFTPStatus.failure("too many files are open") }
        // Who wants neither reads, as with OpenSSH.
        let flags = wanted.isWriting ? wanted : wanted.union(.read)
        return tree.open(path, flags, attributes).flatRecover { [self] error in
            // A new file that this session has not closed yet is not in the tree.
            let written = handles.written(at: path)
            guard (error as? SFTPStatus)?.code == .noSuchFile, !written.isEmpty else { return .failed(error) }
            return gather(written.map { $0.file.synchronize() }).flatMap { [tree] _ in
                tree.open(path, flags, attributes)
            }
        }.map { [self] file in
            if isClosed {
                file.abandon()
                throw SFTPStatus.failure("the session has ended")
            }
            return .handle(handles.add(SFTPHandles.OpenFile(file, at: path, flags)))
        }
    }

    func close(_ handle: [UInt8]) throws -> Deferred<SFTPReply> {
        if handles.removeDirectory(handle) { return .succeeded(.status(.ok)) }
        let open = try handles.removeFile(handle)
        if open.isRemoved {
            open.file.abandon()
            return .succeeded(.status(.ok))
        }
        return open.file.close().mapResult { [self] result in
            switch result {
            case .success:
                report?(.transferred(open.path, octetsRead: open.octetsRead, octetsWritten: open.octetsWritten))
                return .status(.ok)
            case .failure(let error):
                report?(.dropped(open.path, octetsWritten: open.octetsWritten))
                throw error
            }
        }
    }

    func read(_ handle: [UInt8], _ offset: UInt64, _ count: Int) throws -> Deferred<SFTPReply> {
        let open = try handles.file(handle)
        guard open.flags.contains(.read) else { throw SFTPStatus.permissionDenied("the file is not open to read") }
        guard count > 0 else { return .succeeded(.data([])) }
        let limit = min(count, SFTPLimits.data)
        return open.file.read(at: offset, count: limit).map { octets in
            if octets.isEmpty { throw SFTPStatus.endOfFile }
            let octets = octets.count > limit ? Array(octets.prefix(limit)) : octets
            open.octetsRead &+= UInt64(octets.count)
            return .data(octets)
        }
    }

    func write(_ handle: [UInt8], _ offset: UInt64, _ data: [UInt8]) throws -> Deferred<SFTPReply> {
        let open = try handles.file(handle)
        guard open.flags.isWriting else { throw SFTPStatus.permissionDenied("the file is not open to write") }
        if open.isMoved { throw SFTPStatus.failure("the file was renamed while it was open") }
        return open.file.write(data, at: offset).map {
            open.octetsWritten &+= UInt64(data.count)
            return .status(.ok)
        }
    }

    // MARK: Directories

    func openDirectory(_ path: SFTPPath) throws -> Deferred<SFTPReply> {
        guard !handles.isFull else { throw SFTPStatus.failure("too many directories are open") }
        return gather(tree.attributes(of: path), tree.list(path)).map { [self] attributes, entries in
            guard attributes.isDirectory else { throw SFTPStatus.failure("this is no directory") }
            let own = [SFTPEntry(".", attributes), SFTPEntry("..", attributes)]
            let all = own + unclosed(in: path, beside: entries) + entries
            return .handle(handles.add(try SFTPHandles.OpenDirectory(path: path, all, tree.budget)))
        }
    }

    /// Files that this session makes in a directory and has not closed yet.
    private func unclosed(in directory: SFTPPath, beside entries: [SFTPEntry]) -> [SFTPEntry] {
        let written = handles.openFiles.filter {
            $0.flags.isWriting && !$0.isRemoved && !$0.path.isRoot && $0.path.parent == directory
        }
        guard !written.isEmpty else { return [] }
        var names = Set(entries.map(\.name))
        return written.compactMap { open in
            names.insert(open.path.name).inserted ? SFTPEntry(open.path.name, open.file.attributes) : nil
        }
    }

    func readDirectory(_ handle: [UInt8]) throws -> SFTPReply {
        let now = now()
        let entries = try handles.takeNames(handle, upTo: SFTPLimits.names) { 2 * $0.name.utf8.count + 128 }
        if entries.isEmpty { throw SFTPStatus.endOfFile }
        return .names(entries.map { $0.listed(now: now) })
    }

    // MARK: Copying

    /// Copies between open files, piece by piece.
    func copy(
        _ from: [UInt8], _ offset: UInt64, _ count: UInt64, _ to: [UInt8], _ newOffset: UInt64
    ) throws -> Deferred<SFTPReply> {
        let (source, target) = (try handles.file(from), try handles.file(to))
        guard source !== target else { throw SFTPStatus.failure("a file cannot be copied to itself") }
        guard source.flags.contains(.read), target.flags.isWriting else {
            throw SFTPStatus.permissionDenied("the files are not open for that")
        }
        func piece(_ done: UInt64) -> Deferred<SFTPReply> {
            let left = count == 0 ? UInt64(SFTPLimits.data) : min(count - done, UInt64(SFTPLimits.data))
            let (place, isTooFar) = offset.addingReportingOverflow(done)
            let (newPlace, isNewTooFar) = newOffset.addingReportingOverflow(done)
            guard left > 0, !isTooFar, !isNewTooFar else { return .succeeded(.status(.ok)) }
            return source.file.read(at: place, count: Int(left)).flatMap { octets in
                if octets.isEmpty { return .succeeded(.status(.ok)) }
                return target.file.write(octets, at: newPlace).flatMap {
                    source.octetsRead &+= UInt64(octets.count)
                    target.octetsWritten &+= UInt64(octets.count)
                    return piece(done &+ UInt64(min(octets.count, Int(left))))
                }
            }
        }
        return piece(0)
    }
}
