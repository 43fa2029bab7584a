/// One measure of somebody's state that the world's builders have thought of, such as health, with its most.
package struct Vital: Equatable, Sendable {
    package let name: String
    package let now: Int
    package let most: Int

    package init(name: String, now: Int, most: Int) {
        self.name = name
        self.now = now
        self.most = most
    }
}

extension Property where Content == [String: [Int]] {
    /// By name, how much of something a character has and how much at most.
    ///
    /// It may inherit them; those of the world's own thing are for all players who have none of their own.
    package static var vitals: Self { Self(.vitals, [:]) }
}

/// What measures somebody's state.
extension World {
    /// Measures of one character at most.
    package static let mostVitals = 20
    /// In characters.
    package static let longestVitalName = 20
    /// Greatest number a measure can have.
    package static let greatestVital = 1_000_000_000

    /// Everything that measures somebody, by name; empty in a world whose builders have thought of nothing.
    ///
    /// - Complexity: O(*n*) in the measures.
    package func vitals(of persona: Thing) -> [Vital] {
        let own = persona[.vitals]
        let known = own.isEmpty && persona.has(.player) ? root?[.vitals] ?? [:] : own
        if known.isEmpty { return [] }
        return known.sorted { $0.key < $1.key }.prefix(Self.mostVitals).compactMap { name, numbers in
            guard Self.isVitalName(name), let now = numbers.first else { return nil }
            let most = min(max(numbers.dropFirst().first ?? now, 0), Self.greatestVital)
            return Vital(name: name, now: min(max(now, 0), most), most: most)
        }
    }

    /// Whether a word can name a measure: small letters, with hyphens.
    package static func isVitalName(_ name: String) -> Bool {
        (1...longestVitalName).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
    }

    /// Lets somebody have more or less of what measures them, not below nothing and not above its most.
    ///
    /// - Parameters:
    ///   - name: Which measure.
    ///   - amount: How much more; less than nothing takes away.
    ///   - persona: Whose.
    /// - Returns: What they have now; nil when nothing of that name measures them.
    @discardableResult
    package func changeVital(_ name: String, by amount: Int, of persona: Thing) -> Vital? {
        let vitals = vitals(of: persona)
        guard let known = vitals.first(where: { $0.name == name }) else { return nil }
        let (sum, isOver) = known.now.addingReportingOverflow(amount)
        let now = isOver ? (amount < 0 ? 0 : known.most) : min(max(sum, 0), known.most)
        // All of them, because whoever has some of their own does not have the world's.
        var stored: [String: [Int]] = [:]
        for vital in vitals { stored[vital.name] = [vital.name == name ? now : vital.now, vital.most] }
        set(.vitals, to: stored, on: persona)
        return Vital(name: name, now: now, most: known.most)
    }
}
