import Glibc

/// Writes a message for the operator to standard error.
func complain(_ text: String) {
    let octets = Array("mudd: \(text)\n".utf8)
    _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
