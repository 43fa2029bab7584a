import WorldLanguage
package import WorldModel

extension Action {
    /// Whether somebody else may do a deed to a thing.
    package func may(_ person: Thing, _ deed: Deed, _ thing: Thing) -> Bool {
        let role = Accounts.role(of: person, world: world)
        return Permission.verdict(of: person, role: role, deed: deed, on: thing, in: world).isAllowed
    }
}
