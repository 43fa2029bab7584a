/// What kind of no somebody gets, so that every door can say it in its own protocol's words.
///
/// | Kind | HTTP | IMAP | IRC | SFTP and FTP | SMTP |
/// | --- | --- | --- | --- | --- | --- |
/// | `needsAccount` | 401 | NO [NOPERM] | 477 | permission denied, 532 | 530 |
/// | `needsRole` | 403 | NO [NOPERM] | 481 or 482 | permission denied, 550 | 550 |
/// | `ownedByAnother` | 403 | NO [NOPERM] | 482 | permission denied, 550 | 550 |
/// | `locked` | 403 | NO [NOPERM] | 474 or 404 | permission denied, 550 | 550 |
/// | `unreadable` | 403 | NO [NOPERM] | 474 or 404 | permission denied, 550 | 451 |
/// | `noSuchChannel` | 404 | NO [NONEXISTENT] | 403 | no such file, 550 | 550 |
/// | `noSuchPerson` | 404 | NO [NONEXISTENT] | 401 | no such file, 550 | 550 |
/// | `notListening` | 409 | NO [CANNOT] | 442 or 404 | failure, 550 | 550 |
/// | `listensAlready` | 409 | NO [ALREADYEXISTS] | 443 | failure, 550 | 550 |
/// | `notInvited` | 403 | NO [NOPERM] | 473 | permission denied, 550 | 550 |
/// | `banned` | 403 | NO [NOPERM] | 474 or 404 | permission denied, 550 | 550 |
/// | `silenced` | 403 | NO [NOPERM] | 404 | permission denied, 550 | 550 |
/// | `ignored` | 403 | NO [NOPERM] | 531 | permission denied, 550 | 550 |
/// | `tooSoon` | 429 | NO [LIMIT] | 404 | failure, 450 | 451 |
/// | `tooLong` | 413 | NO [LIMIT] | 417 | failure, 552 | 552 |
/// | `tooMany` | 409 | NO [LIMIT] | 405 or 478 | failure, 552 | 452 |
/// | `unchanged` | 200 | OK | none | failure, 550 | 250 |
/// | `nothingSaid` | 400 | BAD | 412 | failure, 501 | 501 |
/// | `notUnderstood` | 400 | BAD | 421 | unsupported, 500 | 500 |
///
/// - Source: RFC 9110 §15.5, RFC 5530 §3, RFC 2812 §5.2, RFC 959 §4.2, RFC 5321 §4.2.
package enum RefusalKind: String, CaseIterable, Sendable {
    /// Somebody without an account would need one.
    case needsAccount
    /// It is for people with a higher role.
    case needsRole
    /// It is for whom the thing belongs to.
    case ownedByAnother
    /// A lock does not let them.
    case locked
    /// A lock cannot be read, and so lets nobody.
    case unreadable
    /// There is no channel of that name.
    case noSuchChannel
    /// Nobody of that name plays here.
    case noSuchPerson
    /// Somebody does not listen to the channel.
    case notListening
    /// Somebody listens to the channel.
    case listensAlready
    /// Only those join who were invited.
    case notInvited
    /// Moderators keep them from the channel.
    case banned
    /// Moderators keep them from speaking there.
    case silenced
    /// The words of one do not reach the other.
    case ignored
    /// They have to wait.
    case tooSoon
    case tooLong
    /// There is no room for one more.
    case tooMany
    /// It is so already.
    case unchanged
    case nothingSaid
    /// No command is called that.
    case notUnderstood
}

/// A condition that would have to be met, or if negated not to be.
package struct LockNeed: Hashable, Sendable {
    package let condition: LockCondition
    package let isNegated: Bool
}

/// Why somebody may not do something to a thing.
package struct Denial {
    package let kind: RefusalKind
    package let deed: Deed
    package let thing: Thing
    /// What whoever made the lock wants them to be told; empty for an explanation.
    package let reason: String
    /// What would have to be otherwise, one of these being enough; empty when nothing would help or nobody said.
    package let needs: [LockNeed]

    init(_ kind: RefusalKind, _ deed: Deed, _ thing: Thing, reason: String = "", needs: [LockNeed] = []) {
        self.kind = kind
        self.deed = deed
        self.thing = thing
        self.reason = reason
        self.needs = needs
    }
}

/// Why somebody may do something.
package enum Grant: Hashable, Sendable {
    /// They are an administrator, whatever else is said.
    case administrator
    /// It is theirs.
    case owner
    /// The lock lets them.
    case lock
    /// Nothing is said of it, and their role is enough.
    case role
}

/// What the permission engine says.
package enum Verdict {
    case allowed(Grant)
    case refused(Denial)

    package var isAllowed: Bool { if case .allowed = self { true } else { false } }
}

/// Decides who may do what to what, for every door and verb alike.
package enum Permission {
    /// Whether somebody may do a deed to a thing, and why or why not.
    ///
    /// Administrators may do everything, and so may the owner of a thing to it; then a lock for the deed decides, its own
    /// or inherited. Without a lock the deed's role is enough, but what changes a thing that is somebody's is theirs.
    ///
    /// - Parameters:
    ///   - actor: Who wants to.
    ///   - role: What their account may do; the model does not look it up.
    ///   - deed: What they want to do.
    ///   - thing: To what.
    ///   - world: The world of both.
    /// - Returns: A grant, or a denial that says what would help.
    /// - Complexity: O(*n*) in the thing's prototypes; with a lock also in its length and what somebody carries.
    package static func verdict(
        of actor: Thing, role: Role, deed: Deed, on thing: Thing, in world: World
    ) -> Verdict {
        if role >= .admin { return .allowed(.administrator) }
        let state = thing.lock(for: deed)
        let least = least(deed, on: thing)
        if case .none = state, !deed.isOwners, role >= least { return .allowed(.role) }
        if least == .admin, deed != .moderate {
            return .refused(Denial(.needsRole, deed, thing, needs: [need(.role(least))]))
        }
        if world.owns(actor, thing) { return .allowed(.owner) }
        switch state {
        case .lock(let lock, on: _):
            let trial = LockTrial(actor: actor, role: role, thing: thing, world: world)
            if trial.opens(lock.expression) { return .allowed(.lock) }
            let needs = trial.needs(of: lock.expression)
            return .refused(Denial(.locked, deed, thing, reason: lock.reason, needs: needs))
        case .unreadable: return .refused(Denial(.unreadable, deed, thing))
        case .none:
            if deed.isOwners, thing.has(.player) || world.owner(of: thing) != nil {
                return .refused(Denial(.ownedByAnother, deed, thing, needs: [need(.owner)]))
            }
            if role >= least { return .allowed(.role) }
            let kind: RefusalKind = role == .guest && least == .player ? .needsAccount : .needsRole
            return .refused(Denial(kind, deed, thing, needs: [need(.role(least))]))
        }
    }

    /// What somebody would have to do for a condition to hold; nil when it does, whoever they are.
    package static func needs(
        of condition: LockExpression, by actor: Thing, role: Role, on thing: Thing, in world: World
    ) -> [LockNeed]? {
        let trial = LockTrial(actor: actor, role: role, thing: thing, world: world)
        return trial.opens(condition) ? nil : trial.needs(of: condition)
    }

    /// Who may do a deed at least where no lock says otherwise; accounts and the world's own settings are for
    /// administrators alone, whoever owns them.
    package static func least(_ deed: Deed, on thing: Thing) -> Role {
        let isReserved = (deed.isOwners || deed == .inspect) && thing.hasAny(of: [.account, .world])
        return isReserved ? .admin : deed.defaultRole
    }

    private static func need(_ condition: LockCondition) -> LockNeed {
        LockNeed(condition: condition, isNegated: false)
    }
}
