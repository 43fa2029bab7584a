public import CredentialCore

/// Whether this build has PAM, and the type of checker that it gives.
public enum PAMSupport {
    /// The row for `--auth pam:…`; without the package trait `PAM` it says how to build with it.
    public static var type: CheckerType {
        let arguments = "SERVICE[:confdir=DIR][:timeout=SECONDS]"
        let help = "whoever the PAM service of that name lets in, such as mudd for /etc/pam.d/mudd"
        #if PAM
        return CheckerType("pam", arguments: arguments, help: help) { arguments, context in
            try PAMChecker(&arguments, context)
        }
        #else
        return CheckerType("pam", arguments: arguments, help: help + "; not in this build") { _, _ in
            throw CheckerFailure("this build is without it; build with swift build --traits PAM")
        }
        #endif
    }
}
