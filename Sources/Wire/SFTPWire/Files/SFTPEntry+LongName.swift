public import Basics

extension SFTPEntry {
    /// The name for a listing, with the line that `ls -l` would show.
    ///
    /// ```text
    ///   -rw-------    1 mudd     mudd         1204 Nov 30 13:45 friends.txt
    /// ```
    ///
    /// - Parameter now: From here half a year back the time of day is shown, and otherwise the year; both in UTC.
    /// - Returns: What `SSH_FXP_READDIR` gives.
    public func listed(now: WallInstant) -> SFTPName {
        let links = attributes.isDirectory ? 2 : 1
        let line = [
            attributes.modeText, String(links).padded(to: 4, before: true), ownerName.padded(to: 8, before: false),
            groupName.padded(to: 8, before: false), String(attributes.size ?? 0).padded(to: 8, before: true),
            attributes.modified?.listed(now: now) ?? "Jan  1  1970", name,
        ].joined(separator: " ")
        return SFTPName(Array(name.utf8), longName: Array(line.utf8), attributes: attributes)
    }
}

extension SFTPAttributes {
    /// The mode as of `ls -l`, as `drwxr-xr-x`.
    fileprivate var modeText: String {
        let mode = permissions ?? 0
        var text =
            switch mode & Self.typeMask {
            case Self.directoryType: "d"
            case Self.linkType: "l"
            case Self.fileType: "-"
            default: "?"
            }
        for (index, letter) in "rwxrwxrwx".enumerated() {
            text.append(mode >> UInt32(8 - index) & 1 == 1 ? letter : "-")
        }
        return text
    }
}

extension WallInstant {
    private static let halfYear = 182 * 86_400_000

    /// The instant as of `ls -l`, in twelve columns.
    fileprivate func listed(now: WallInstant) -> String {
        let time = CivilTime(self)
        let day = String(time.day).padded(to: 2, before: true)
        let (age, isFar) = now.milliseconds.subtractingReportingOverflow(milliseconds)
        let isRecent = !isFar && age >= 0 && age < Self.halfYear
        return time.monthName + " " + day + " "
            + (isRecent ? timeOfDay : String(time.year).padded(to: 5, before: true))
    }
}

extension String {
    fileprivate func padded(to width: Int, before: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - count))
        return before ? space + self : self + space
    }
}
