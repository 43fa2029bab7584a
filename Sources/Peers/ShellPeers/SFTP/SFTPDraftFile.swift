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
    private let budget: SFTPBudget?
    /// Octets that were taken of the budget.
    private var counted = 0

    private init(
        _ draft: SFTPDraft, _ known: SFTPAttributes, _ flags: SFTPOpenFlags, isChanged: Bool, _ budget: SFTPBudget?,
        _ commit: Commit?
    ) throws(SFTPStatus) {
        try budget?.take(draft.octets.count)
        counted = draft.octets.count
        self.budget = budget
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
    ///   - budget: Where its octets are counted while it is open; nil where nobody counts.
    ///   - commit: Takes the new contents, when the file was made or written; nil when it can only be read.
    /// - Returns: The file; or a failure: there is none, there is one and the client wants a new one, or it can only be read.
    public static func open(
        contents: [UInt8]?, attributes: SFTPAttributes, flags: SFTPOpenFlags, limit: Int,
        refusal: SFTPStatus? = nil, budget: SFTPBudget? = nil, commit: Commit? = nil
    ) -> Deferred<any SFTPFile> {
        .attempt { () throws -> any SFTPFile in
            if flags.isWriting, commit == nil { throw SFTPStatus.permissionDenied("this can only be read") }
            guard let contents else {
                guard flags.contains(.create), commit != nil else { throw SFTPStatus.noSuchFile }
                return try SFTPDraftFile(
                    SFTPDraft(limit: limit, refusal: refusal), attributes, flags, isChanged: true, budget, commit)
            }
            if flags.contains([.create, .exclusive]) { throw SFTPStatus.failure("the file exists already") }
            let isEmptied = flags.contains(.truncate) && flags.isWriting
            let draft = SFTPDraft(isEmptied ? [] : contents, limit: limit, refusal: refusal)
            return try SFTPDraftFile(
                draft, attributes, flags, isChanged: isEmptied && !contents.isEmpty, budget, commit)
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
                let start = flags.contains(.append) ? UInt64(draft.octets.count) : offset
                if !octets.isEmpty { try reserve(upTo: start.addingReportingOverflow(UInt64(octets.count))) }
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
        return change {
            try reserve(upTo: (size, false))
            try draft.resize(to: size)
        }
    }

    /// Takes of the budget what the draft will be longer; what is beyond its own limit it refuses itself.
    private func reserve(upTo end: (partialValue: UInt64, overflow: Bool)) throws(SFTPStatus) {
        guard let budget, !end.overflow, let size = Int(exactly: end.partialValue), size <= draft.limit else { return }
        let growth = size - counted
        guard growth > 0 else { return }
        try budget.take(growth)
        counted = size
    }

    private func release() {
        budget?.giveBack(counted)
        counted = 0
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
    public func close() -> Deferred<Void> {
        let closing = synchronize()
        closing.whenDone { [self] _ in release() }
        return closing
    }

    /// Forgets what was written.
    public func abandon() { release() }

    deinit { budget?.giveBack(counted) }

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
