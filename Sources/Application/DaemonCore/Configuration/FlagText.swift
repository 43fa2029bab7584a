/// Flags as configuration writes them: `yes` and `no`, or the words that YAML knows besides.
package enum FlagText {
    private static let values = ["yes": true, "true": true, "on": true, "no": false, "false": false, "off": false]

    /// Reads a flag; nil when the text is none.
    package static func read(_ text: String) -> Bool? { values[text] }
}
