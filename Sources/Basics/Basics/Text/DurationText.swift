extension Duration {
    /// The duration as people say it, in its two largest units: `3 minutes`, `1 hour 5 minutes`.
    package var spoken: String {
        let total = max(0, components.seconds)
        let units: [(Int64, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
        var rest = total
        var parts: [String] = []
        for (size, name) in units {
            let count = rest / size
            rest %= size
            if count > 0 { parts.append("\(count) \(name)\(count == 1 ? "" : "s")") }
            if parts.count == 2 || (parts.count == 1 && count == 0) { break }
        }
        return parts.isEmpty ? "a moment" : parts.joined(separator: " ")
    }
}
