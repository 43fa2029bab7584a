/// Checks passwords against whatever hash was kept of them.
///
/// | Stored | Renewed at login |
/// | --- | --- |
/// | `$argon2id$…` | when it was made at another cost |
/// | `$y$…`, `$6$…`, `$2b$…`: what crypt(3) knows | always |
///
/// - Isolation: none; safe on any thread. Slow on purpose.
enum StoredPassword {
    /// Whether it is the password, and the hash to keep from now on, if that is another one.
    ///
    /// With no stored hash, or one of no known kind, the work is that of an argon2id hash and the answer is false.
    static func check(
        _ password: String, against stored: String?, cost: PasswordHasher.Cost
    ) -> (isRight: Bool, renewed: String?) {
        let isRight: Bool
        let isOld: Bool
        if let stored, CryptHash.isOne(stored) {
            isRight = CryptHash.verify(password, against: stored)
            isOld = true
        } else {
            isRight = PasswordHasher.verify(password, against: stored)
            isOld = stored.map { PasswordHasher.needsRehash($0, cost: cost) } ?? false
        }
        guard isRight, isOld else { return (isRight, nil) }
        return (true, try? PasswordHasher.hash(password, cost: cost))
    }
}
