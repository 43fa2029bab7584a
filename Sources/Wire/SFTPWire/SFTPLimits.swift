/// How much one packet may hold; OpenSSH's numbers.
///
/// - Source: OpenSSH's `sftp-common.h` and its PROTOCOL, section 4.8; draft-ietf-secsh-filexfer-02 section 3 asks for
///   34,000 octets a packet at least.
public enum SFTPLimits {
    /// The most octets of a packet behind its length.
    public static let packet = 262_144
    /// The most octets that one request reads or writes.
    public static let data = 261_120
    /// The most octets of a handle; the draft's number.
    public static let handle = 256
    /// The most octets of names in one reply to `SSH_FXP_READDIR`, unless one name alone is longer; our choice.
    public static let names = 32_768
    /// The most octets of a status' message; our choice.
    public static let message = 1024
    /// The most extensions that are read from a hello; our choice, OpenSSH sends eleven.
    public static let extensions = 64
}
