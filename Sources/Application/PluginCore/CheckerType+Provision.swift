public import CredentialCore

/// A type of checker as a row of the registry: `--auth NAME:…` then knows it.
extension CheckerType: Provision {
    /// `checker`.
    public static var kind: String { "checker" }
}
