/// How a `REGISTER` or `VERIFY` went when it did not fail.
public enum IRCRegistrationOutcome: Hashable, Sendable {
    case registered, verificationRequired, verified
}
