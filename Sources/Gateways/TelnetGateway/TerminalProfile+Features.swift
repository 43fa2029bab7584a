import TelnetWire
import TerminalWire

extension TerminalProfile {
    /// Learns from what a client says of itself by MTTS: also that it has fewer colours than was thought.
    mutating func learn(_ features: TelnetTerminalFeatures) {
        colour =
            if features.contains(.trueColour) {
                .trueColour
            } else if features.contains(.colours256) {
                .indexed256
            } else {
                features.contains(.ansi) ? .ansi16 : .none
            }
        if features.contains(.screenReader) { screenReader = true }
    }
}
