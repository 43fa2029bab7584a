package import WorldLanguage

/// Why a file of a player's cannot be kept, read or moved.
package enum FileProblem: Error, Equatable {
    case badName, tooDeep
    case noSuchFile, noSuchFolder
    case exists
    case isFolder, isNoFolder
    case folderInUse
    case longFile(FileSection)
    case full(FileSection)
    case tooManyFiles(FileSection)
    case notText
    case fixed
    case guest
    case writtenTooMuch(wait: Duration)

    /// What the player reads.
    package var sentence: Sentence {
        switch self {
        case .badName:
            """
            The name of a file has between one and \(plain: String(FileLimits.name)) characters: letters from a to z, \
            digits, dots, hyphens and low lines.
            """
        case .tooDeep: "Folders lie in each other \(plain: String(FileLimits.folders)) deep at most."
        case .noSuchFile: "There is no such file."
        case .noSuchFolder: "There is no such folder."
        case .exists: "There is something of that name already."
        case .isFolder: "That is a folder."
        case .isNoFolder: "That is no folder."
        case .folderInUse: "There is still something in that folder."
        case .longFile(let section): "A file here has \(plain: Self.kibibytes(section.octetsPerFile)) KiB at most."
        case .full(let section):
            "Your files here take \(plain: Self.kibibytes(section.octets)) KiB at most. Remove something to make room."
        case .tooManyFiles(let section):
            "You have \(plain: String(section.files)) files and folders here, which is as many as one may."
        case .notText: "Only text can be kept here, in UTF-8 and without control characters."
        case .fixed: "That is not yours to change."
        case .guest: "Guests keep no files."
        case .writtenTooMuch(let wait):
            """
            You have written \(plain: String(FileLimits.hourlyOctets >> 20)) MiB within an hour, which is as much as one \
            may. You can go on in \(wait.told).
            """
        }
    }

    static func kibibytes(_ octets: Int) -> String { String((octets + 1023) / 1024) }
}
