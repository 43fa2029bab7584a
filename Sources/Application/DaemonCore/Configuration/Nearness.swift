/// Finds what a mistyped name may have meant.
enum Nearness {
    /// The name fewest edits away, if it is near enough to be worth naming.
    static func nearest(to name: String, among names: [String]) -> String? {
        let ranked = names.map { (name: $0, edits: distance(Array(name.utf8), Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= max(2, name.utf8.count / 3)
        else { return nil }
        return best.name
    }

    /// The number of insertions, deletions and replacements between two texts.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, octet) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = diagonal + (octet == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
