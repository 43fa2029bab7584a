/// The limits of the old copying protocol.
public enum SCPLimits {
    /// The most octets of a line; our choice, a name has 255 and OpenSSH reads 2,048.
    public static let line = 2048
    /// The most octets of answers that wait while none is asked for; our choice, two lines, as a sane client sends none.
    public static let answersAhead = 2 * line
    /// The most octets of a file that are given at once; our choice.
    public static let piece = 65_536
}
