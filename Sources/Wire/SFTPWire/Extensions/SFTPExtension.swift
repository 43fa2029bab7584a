/// The names of what goes beyond the draft, as hellos and extended requests have them.
///
/// - Source: OpenSSH's PROTOCOL, section 4; draft-ietf-secsh-filexfer-extensions-00.
public enum SFTPExtension {
    /// Renames over what is there.
    public static let replace = "posix-rename@openssh.com"
    /// Gives a file a second name.
    public static let hardLink = "hardlink@openssh.com"
    /// Makes what was written last.
    public static let synchronize = "fsync@openssh.com"
    /// Tells how much the server takes.
    public static let limits = "limits@openssh.com"
    /// Tells how much room there is at a path.
    public static let space = "statvfs@openssh.com"
    /// Tells how much room there is where a file is open.
    public static let handleSpace = "fstatvfs@openssh.com"
    /// Changes the attributes of a link itself.
    public static let setLinkAttributes = "lsetstat@openssh.com"
    /// Resolves a path that may begin with `~`.
    public static let expandPath = "expand-path@openssh.com"
    /// Tells where somebody's files are.
    public static let homeDirectory = "home-directory"
    /// Copies octets between open files.
    public static let copyData = "copy-data"

    /// What ``SFTPServerWire`` says of itself: names, and the versions that OpenSSH gives them.
    public static let offered: [(name: String, version: String)] = [
        (replace, "1"), (space, "2"), (handleSpace, "2"), (synchronize, "1"), (setLinkAttributes, "1"), (limits, "1"),
        (expandPath, "1"), (copyData, "1"), (homeDirectory, "1"),
    ]
}
