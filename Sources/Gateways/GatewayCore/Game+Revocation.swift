import WorldLanguage
import WorldModel
import WorldVerbs

extension Game {
    /// Takes all from an account by which somebody comes in without its password: keys, certificates, passwords of programs.
    ///
    /// Connections that were made with them end.
    ///
    /// - Returns: How many there were, and the sequence to wait for before telling that it happened.
    /// - Throws: ``GameFailure``, also when there are none.
    package func revokeCredentials(of name: String) throws(GameFailure) -> (count: Int, sequence: UInt64) {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        let (keys, certificates) = (keys(of: account), certificates(of: account))
        let passwords = appPasswords(of: account)
        let count = keys.count + certificates.count + passwords.count
        if count == 0 { throw .refused("\(account.name) has no keys, certificates or passwords of programs.") }
        let sequence = try administer { turn in
            turn.world.set(.publicKeys, to: [], on: account)
            turn.world.set(.certificates, to: [], on: account)
            turn.world.set(.appPasswords, to: [], on: account)
        }
        (enrolledKeys, enrolledCertificates) = (nil, nil)
        whenDurable(sequence) { [self] in
            for key in keys { expel(key, of: account) }
            for certificate in certificates { expel(certificate, of: account) }
            for password in passwords { expel(password, of: account) }
        }
        return (count, sequence)
    }
}
