/// What may never reach a terminal from content or from another player, whatever put it there.
///
/// Everything that moves a cursor, changes a setting, makes the terminal answer, or hides the direction of text: C0, DEL,
/// C1, bidirectional overrides and isolates, line and paragraph separators, byte order marks, and noncharacters.
package enum SafeText {
    package static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xFDD0...0xFDEF, 0xE0000...0xE007F: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
