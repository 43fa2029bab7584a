public import ReactorCore
public import SFTPWire

/// An open file whose contents are in memory, and are given to its tree as a whole when the client closes it.
///
/// Until then nobody else sees what was written. A client that goes away without closing leaves the old contents, and so does
/// one that closes a file of which a write was refused: a file is there as a whole or not at all.
///
/// ```swift
/// SFTPDraftFile.open(contents: stored, attributes: .file(size: stored.count), flags: flags, limit: 65_536) {
///     contents, attributes in self.store(contents, at: path)
/// }
/// ```
///
/// - Isolation: belongs to the reactor's thread.
public final class SFTPDraftFile: SFTPFile {
    /// Takes the new contents; succeeds when they last.
    ///
    /// The attributes have times only if the client has set them.
    public typealias Commit = (_ contents: [UInt8], _ attributes: SFTPAttributes) -> Deferred<Void>

    private var draft: SFTPDraft
    private var known: SFTPAttributes
    /// What the client has set.
    private var times: SFTPAttributes.Times?
    private let flags: SFTPOpenFlags
    private let commit: Commit?
    private var isChanged: Bool
    /// Why a write was refused.
    private var refusal: (any Error)?

    private init(
        _ draft: SFTPDraft, _ known: SFTPAttributes, _ flags: SFTPOpenFlags, isChanged: Bool, _ commit: Commit?
    ) {
        self.draft = draft
        self.known = known
        self.flags = flags
        self.isChanged = isChanged
        self.commit = commit
    }

    /// Opens contents by the rules of the flags.
    ///
    /// - Parameters:
    ///   - contents: What the file has; nil when there is none.
    ///   - attributes: What is known of it, or what a new one shall have.
    ///   - flags: What the client wants.
    ///   - limit: The most octets it may have when it is written.
    ///   - refusal: What is said when it would be more; a sentence with the limit unless something else is given.
    ///   - commit: Takes the new contents, when the file was made or written; nil when it can only be read.
    /// - Returns: The file; or a failure: there is none, there is one and the client wants a new one, or it can only be read.
    public static func open(
        contents: [UInt8]?, attributes: SFTPAttributes, flags: SFTPOpenFlags, limit: Int,
        refusal: SFTPStatus? = nil, commit: Commit? = nil
    ) -> Deferred<any SFTPFile> {
        .attempt { () throws -> any SFTPFile in
            if flags.isWriting, commit == nil { throw SFTPStatus.permissionDenied("this can only be read") }
            guard let contents else {
                guard flags.contains(.create), commit != nil else { throw SFTPStatus.noSuchFile }
                return SFTPDraftFile(
                    SFTPDraft(limit: limit, refusal: refusal), attributes, flags, isChanged: true, commit)
            }
            if flags.contains([.create, .exclusive]) { throw SFTPStatus.failure("the file exists already") }
            let isEmptied = flags.contains(.truncate) && flags.isWriting
            let draft = SFTPDraft(isEmptied ? [] : contents, limit: limit, refusal: refusal)
            return SFTPDraftFile(draft, attributes, flags, isChanged: isEmptied && !contents.isEmpty, commit)
        }
    }

    /// What is known of it, with the size of what was written so far.
    public var attributes: SFTPAttributes {
        var attributes = known
        attributes.size = UInt64(draft.octets.count)
        if let times { attributes.times = times }
        return attributes
    }

    /// Reads what was written so far.
    public func read(at offset: UInt64, count: Int) -> Deferred<[UInt8]> {
        guard flags.contains(.read) else { return .failed(SFTPStatus.permissionDenied("the file is not open to read")) }
        return .succeeded(draft.read(at: offset, count: count))
    }

    /// Writes to the draft; fails above the limit.
    public func write(_ octets: [UInt8], at offset: UInt64) -> Deferred<Void> {
        change {
            do {
                if flags.contains(.append) { try draft.append(octets) } else { try draft.write(octets, at: offset) }
            } catch {
                refusal = error
                throw error
            }
        }
    }

    /// Cuts or fills the draft; the rest is given to the tree with the contents.
    public func setAttributes(_ attributes: SFTPAttributes) -> Deferred<Void> {
        if let owner = attributes.owner { known.owner = owner }
        if let permissions = attributes.permissions {
            known.permissions =
                (known.permissions ?? 0) & SFTPAttributes.typeMask | permissions & ~SFTPAttributes.typeMask
        }
        if let newTimes = attributes.times { times = newTimes }
        guard let size = attributes.size else { return .succeeded(()) }
        return change { try draft.resize(to: size) }
    }

    /// Gives the tree what was written so far.
    public func synchronize() -> Deferred<Void> {
        if let refusal { return .failed(refusal) }
        guard isChanged, let commit else { return .succeeded(()) }
        isChanged = false
        var attributes = attributes
        attributes.times = times
        return commit(draft.octets, attributes).flatRecover { [self] error in
            isChanged = true
            return .failed(error)
        }
    }

    /// Gives the tree what was written.
    public func close() -> Deferred<Void> { synchronize() }

    /// Forgets what was written.
    public func abandon() {}

    private func change(_ body: () throws -> Void) -> Deferred<Void> {
        guard flags.isWriting, commit != nil else {
            return .failed(SFTPStatus.permissionDenied("the file is not open to write"))
        }
        return .attempt { () throws -> Void in
            try body()
            isChanged = true
        }
    }
}
