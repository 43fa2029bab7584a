public import CredentialCore

/// Whether this build has LDAP, and the type of checker that it gives.
public enum LDAPSupport {
    /// The row for `--auth ldap:…`; without the package trait `LDAP` it says how to build with it.
    public static var type: CheckerType {
        let arguments =
            "HOST[:PORT]:base=DN[:filter=(uid=%s)][:binddn=DN:passfile=PATH][:name=uid]"
            + "[:tls=start|direct|off][:ca=FILE][:timeout=5], or dn=TEMPLATE in place of base"
        let help = "whoever can bind to a directory as the entry that is found there"
        #if LDAP
        return CheckerType("ldap", arguments: arguments, help: help) { arguments, context in
            LDAPChecker(try LDAPSetting(&arguments), context)
        }
        #else
        return CheckerType("ldap", arguments: arguments, help: help + "; not in this build") { _, _ in
            throw CheckerFailure("this build is without it; build with swift build --traits LDAP")
        }
        #endif
    }
}
