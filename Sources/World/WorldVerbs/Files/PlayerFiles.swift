import Basics
package import WorldModel

/// The files of one player, whether they are in play or not; the one place where these change.
///
/// - Isolation: belongs to the world's thread; what changes something does so in the open turn, which the caller gives up
///   when it throws.
/// - Limits: those of each ``FileSection``, and ``FileLimits/hourlyOctets``.
/// - Complexity: O(*n*) in the player's files, of which there are few.
package struct PlayerFiles {
    package let owner: Thing
    package let world: World

    package init(of owner: Thing, in world: World) {
        self.owner = owner
        self.world = world
    }

    // MARK: What is there

    /// Everything in a section, by its path.
    package func all(in section: FileSection) -> [PlayerFile] {
        world.files(of: owner).compactMap(PlayerFile.init).filter { $0.path.section == section }
            .sorted { $0.path.names.lexicographicallyPrecedes($1.path.names) }
    }

    /// What lies in a folder, by name.
    ///
    /// - Throws: ``FileProblem/noSuchFolder`` or ``FileProblem/isNoFolder``.
    package func list(_ folder: FilePath) throws(FileProblem) -> [PlayerFile] {
        try requireFolder(folder)
        return all(in: folder.section).filter { $0.path.parent == folder }
    }

    /// The file or folder of a path; nil for none, and for a section.
    package func entry(at path: FilePath) -> PlayerFile? {
        let stored = path.stored
        return world.files(of: owner).first { $0[.path] == stored }.flatMap(PlayerFile.init)
    }

    /// The file of a path.
    ///
    /// - Throws: ``FileProblem/noSuchFile`` or ``FileProblem/isFolder``.
    package func file(at path: FilePath) throws(FileProblem) -> PlayerFile {
        if path.isSection { throw .isFolder }
        guard let entry = entry(at: path) else { throw .noSuchFile }
        if entry.isFolder { throw .isFolder }
        return entry
    }

    /// Octets of all files of a section, and how many files and folders these are.
    package func usage(of section: FileSection) -> (octets: Int, files: Int) {
        all(in: section).reduce(into: (0, 0)) { sum, file in
            sum.0 += file.octetCount
            sum.1 += 1
        }
    }

    // MARK: Changes

    /// Checks what can be known before a file is written.
    ///
    /// - Throws: ``FileProblem`` when it could not be kept whatever it says.
    package func requireRoom(for path: FilePath) throws(FileProblem) {
        if owner[.isGuest] { throw .guest }
        if path.isSection { throw .isFolder }
        if let known = entry(at: path) {
            if known.isFolder { throw .isFolder }
            return
        }
        try requireFolder(path.parent)
        if usage(of: path.section).files >= path.section.files { throw .tooManyFiles(path.section) }
    }

    /// Keeps the content of a file, new or old.
    package func write(_ content: [UInt8], to path: FilePath) throws(FileProblem) {
        try requireRoom(for: path)
        if content.count > path.section.octetsPerFile { throw .longFile(path.section) }
        if path.section.isText, !Self.isText(content) { throw .notText }
        let known = entry(at: path)
        let others = usage(of: path.section).octets - (known?.octetCount ?? 0)
        if others + content.count > path.section.octets { throw .full(path.section) }
        try countWriting(of: content.count)
        let thing = known?.thing ?? make(path)
        world.set(PropertyKey(.content), to: .octets(content), on: thing)
        stamp(thing)
    }

    package func makeFolder(_ path: FilePath) throws(FileProblem) {
        if owner[.isGuest] { throw .guest }
        if path.isSection || entry(at: path) != nil { throw .exists }
        // One more name has to fit in it, or nothing ever could.
        if path.names.count > FileLimits.folders { throw .tooDeep }
        try requireFolder(path.parent)
        if usage(of: path.section).files >= path.section.files { throw .tooManyFiles(path.section) }
        try countWriting(of: 0)
        stamp(make(path))
    }

    /// Ends a file, or a folder that is empty.
    package func remove(_ path: FilePath) throws(FileProblem) {
        if path.isSection { throw .fixed }
        guard let entry = entry(at: path) else { throw .noSuchFile }
        if entry.isFolder, all(in: path.section).contains(where: { $0.path.isBelow(path) }) { throw .folderInUse }
        try countWriting(of: 0)
        world.destroy(entry.thing)
    }

    /// Gives a file or a folder with all that is in it another path, also in another section.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - target: Its new path; the folder of that is there.
    ///   - isReplacing: Whether a file that is there gives way.
    /// - Throws: ``FileProblem``.
    package func move(_ path: FilePath, to target: FilePath, isReplacing: Bool) throws(FileProblem) {
        if path.isSection || target.isSection { throw .fixed }
        guard let entry = entry(at: path) else { throw .noSuchFile }
        if path == target { return }
        try requireFolder(target.parent)
        if target.isBelow(path) { throw .noSuchFolder }
        if let other = self.entry(at: target) {
            guard isReplacing, !other.isFolder, !entry.isFolder else { throw .exists }
            world.destroy(other.thing)
        }
        let below = entry.isFolder ? all(in: path.section).filter { $0.path.isBelow(path) } : []
        try countWriting(of: FileLimits.changeOctets * below.count)
        for moved in [entry] + below {
            let place = try moved.path.moved(from: path, to: target)
            if moved.isFolder, place.names.count > FileLimits.folders { throw .tooDeep }
            world.set(.path, to: place.stored, on: moved.thing)
        }
        if target.section != path.section { try checkMoved(into: target.section, [entry] + below) }
    }

    /// What comes into another section has to keep its rules as if it were written there.
    private func checkMoved(into section: FileSection, _ moved: [PlayerFile]) throws(FileProblem) {
        for file in moved where !file.isFolder {
            if file.octetCount > section.octetsPerFile { throw .longFile(section) }
            if section.isText, !Self.isText(file.content) { throw .notText }
        }
        let (octets, files) = usage(of: section)
        if octets > section.octets { throw .full(section) }
        if files > section.files { throw .tooManyFiles(section) }
    }

    private func make(_ path: FilePath) -> Thing {
        let thing = world.create(.file)
        world.set(.fileOwner, to: owner, on: thing)
        world.set(.path, to: path.stored, on: thing)
        return thing
    }

    private func stamp(_ thing: Thing) {
        world.set(.modified, to: Int(clamping: world.now.milliseconds), on: thing)
    }

    private func requireFolder(_ path: FilePath) throws(FileProblem) {
        if path.isSection { return }
        guard let entry = entry(at: path) else { throw .noSuchFolder }
        if !entry.isFolder { throw .isNoFolder }
    }

    private static let hour: Int64 = 3_600_000

    /// Counts what the account writes.
    private func countWriting(of octets: Int) throws(FileProblem) {
        let holder = world.holder(of: owner)
        let now = world.now.milliseconds
        let known = holder[.filesWritten]
        var (begin, sum) = known.count == 2 ? (Int64(known[0]), known[1]) : (now, 0)
        // A clock that was put back makes nobody wait for it.
        if now - begin >= Self.hour || begin > now { (begin, sum) = (now, 0) }
        sum += octets + FileLimits.changeOctets
        if sum > FileLimits.hourlyOctets { throw .writtenTooMuch(wait: .milliseconds(begin + Self.hour - now)) }
        world.set(.filesWritten, to: [Int(clamping: begin), sum], on: holder)
    }

    /// Whether octets are text that a screen can show; every kind of line end is fine.
    static func isText(_ content: [UInt8]) -> Bool {
        if content.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) || $0 == 0x7F }) { return false }
        return String(validating: content, as: UTF8.self) != nil
    }
}
