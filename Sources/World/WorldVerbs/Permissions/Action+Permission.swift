import WorldLanguage
package import WorldModel

extension Action {
    /// Refuses unless the actor may do a deed to a thing.
    ///
    /// - Parameters:
    ///   - deed: What the actor wants to do.
    ///   - thing: To what.
    /// - Throws: A refusal with the reason, and with its ``RefusalKind`` for doors that say it their own way.
    package func require(_ deed: Deed, on thing: Thing) throws {
        let verdict = Permission.verdict(of: actor, role: turn.role, deed: deed, on: thing, in: world)
        if case .refused(let denial) = verdict { throw turn.refusal(denial) }
    }

    /// Whether somebody else may do a deed to a thing.
    package func may(_ person: Thing, _ deed: Deed, _ thing: Thing) -> Bool {
        let role = Accounts.role(of: person, world: world)
        return Permission.verdict(of: person, role: role, deed: deed, on: thing, in: world).isAllowed
    }
}
