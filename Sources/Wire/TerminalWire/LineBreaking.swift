/// Where a line of Chinese or Japanese may be broken, which has no spaces: between any two of its signs, but for a few.
enum LineBreaking {
    /// Signs that begin no line.
    private static let closing: Set<Unicode.Scalar> = Set("。，、．：；！？）」』】》〉〕”’…—～·・ー々%,.:;!?)]}".unicodeScalars)
    /// Signs that end no line.
    private static let opening: Set<Unicode.Scalar> = Set("（「『【《〈〔“‘([{".unicodeScalars)

    /// Whether a line may end between two signs although there is no space.
    static func isAllowed(between previous: Unicode.Scalar?, and next: Unicode.Scalar) -> Bool {
        guard isIdeographic(next) || previous.map(isIdeographic) == true else { return false }
        return !closing.contains(next) && !(previous.map(opening.contains) ?? false)
    }

    /// Whether a sign belongs to a script that writes no spaces: Han, Kana and their punctuation.
    static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x312F, 0x31A0...0x9FFF, 0xF900...0xFAFF, 0xFF01...0xFF9F, 0x20000...0x3134F: true
        default: false
        }
    }
}
