/// What a character has more or less of, for gauges; `Char.Vitals` in GMCP, `HEALTH`, `HEALTH_MAX` … in MSDP.
package struct MUDVitals: Hashable, Sendable {
    /// One thing that goes up and down.
    package struct Gauge: Hashable, Sendable {
        /// As GMCP has it: `hp`, `mp`, `ep`, `mv`, or a word of ours in small letters.
        ///
        /// The greatest value has this name with `max` before it.
        package var name: String
        package var value: Int
        /// Nil when there is no end to it.
        package var maximum: Int?

        package init(name: String, value: Int, maximum: Int? = nil) {
            self.name = name
            self.value = value
            self.maximum = maximum
        }
    }

    package var gauges: [Gauge]
    /// Anything else to show beside the gauges, each as `Name: value`.
    package var remarks: [String]

    package init(gauges: [Gauge] = [], remarks: [String] = []) {
        self.gauges = gauges
        self.remarks = remarks
    }
}
