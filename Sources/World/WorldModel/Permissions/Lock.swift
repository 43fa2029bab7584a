/// Who may do one deed to a thing, with what the others are told.
///
/// Stored as a map: `to` the expression as text, `because` the reason, if there is one.
package struct Lock: Hashable, Sendable {
    /// Who may.
    package let expression: LockExpression
    /// What somebody reads whom it keeps away; empty for an explanation of the expression.
    package let reason: String

    /// The longest reason, in characters.
    package static let longestReason = 200

    /// Makes a lock, which is set by ``World/setLock(_:for:on:)``.
    package init(_ expression: LockExpression, reason: String = "") {
        self.expression = expression
        self.reason = reason
    }

    /// As it is stored.
    package var stored: [String: String] {
        reason.isEmpty ? ["to": expression.description] : ["to": expression.description, "because": reason]
    }
}

extension Property where Content == [String: [String: String]] {
    /// Who may do what, by ``Deed``; see ``Lock``.
    ///
    /// Deeds that are not there are as its prototype has them.
    package static var locks: Self { Self(.locks, [:]) }
}

extension Property where Content == [String: [String]] {
    /// Which entries of its locks and verbs come from content files, by property; the others were made in play.
    package static var givenEntries: Self { Self(.givenEntries, [:]) }
}

extension Thing {
    /// What a thing says of a deed: its own lock, else the nearest prototype's.
    package enum LockState {
        case none
        /// A stored text that cannot be read.
        case unreadable(LockMistake, on: Thing)
        /// A lock, and the thing that has it: this one or a prototype.
        case lock(Lock, on: Thing)
    }

    /// The lock for a deed, its own or inherited.
    ///
    /// - Parameter deed: What somebody wants to do.
    /// - Returns: The nearest lock along the prototypes, or that it cannot be read.
    /// - Complexity: O(*n*) in its prototypes and properties, and in the length of the lock.
    package func lock(for deed: Deed) -> LockState {
        let key = PropertyKey(.locks)
        var holder: Thing? = self
        while let current = holder {
            if case .map(let locks)? = current.ownValue(of: key), let stored = locks[deed.rawValue] {
                return Self.read(stored, on: current)
            }
            holder = current.prototype
        }
        return .none
    }

    private static func read(_ stored: Value, on thing: Thing) -> LockState {
        guard case .map(let parts) = stored, case .text(let text)? = parts["to"] else {
            return .unreadable(LockMistake(column: 1, "the lock has no expression"), on: thing)
        }
        do {
            var reason = ""
            if case .text(let words)? = parts["because"] { reason = String(words.prefix(Lock.longestReason)) }
            return .lock(Lock(try LockExpression(text), reason: reason), on: thing)
        } catch {
            return .unreadable(error, on: thing)
        }
    }
}

extension Thing {
    /// Whether it or one of its prototypes has that content key.
    package func isKind(of key: String) -> Bool {
        var holder: Thing? = self
        while let current = holder {
            if current[.contentKey] == key { return true }
            holder = current.prototype
        }
        return false
    }
}

extension World {
    /// Sets the lock of a thing for a deed, or with nil takes away its own, so that it is as its prototype has it.
    package func setLock(_ lock: Lock?, for deed: Deed, on thing: Thing) {
        let key = PropertyKey(.locks)
        var locks: [String: Value] = [:]
        if case .map(let known)? = thing.ownValue(of: key) { locks = known }
        locks[deed.rawValue] = lock?.stored.value
        set(key, to: locks.isEmpty ? nil : .map(locks), on: thing)
    }

    /// Whose a thing is: a character or an account, its own or its prototype's; nil when it is nobody's.
    package func owner(of thing: Thing) -> Thing? { self.thing(thing, .owner) }

    /// Whether a thing is somebody's: they or their account own it, or it is they.
    package func owns(_ actor: Thing, _ thing: Thing) -> Bool {
        if actor === thing { return true }
        let account = self.thing(actor, .account)
        if let account, account === thing || self.thing(thing, .account) === account { return true }
        guard let owner = owner(of: thing) else { return false }
        return owner === actor || account.map { owner === $0 || self.thing(owner, .account) === $0 } ?? false
    }
}
