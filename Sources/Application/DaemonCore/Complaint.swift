import Basics
import Glibc

/// Writes a message for the operator to standard error, without the controls that names in files may hold.
package func complain(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).cleaned }
    let octets = Array("mudd: \(lines.joined(separator: "\n"))\n".utf8)
    _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
