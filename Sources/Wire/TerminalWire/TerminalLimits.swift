/// The numbers that bound what a terminal line looks like.
package enum TerminalLimits {
    /// Columns below which wrapping would leave nothing readable; a narrower profile is treated as this wide.
    ///
    /// Source: own choice; the narrowest window that telnet lets through is 20.
    package static let minimumWidth = 10

    /// The largest part of a line that indentation may take, as a divisor of its width.
    package static let indentationDivisor = 2
}
