import WorldLanguage

/// Why a text cannot be changed so.
enum EditProblem: Error, Equatable {
    case empty
    case noLine(Int, count: Int)
    case reversed
    case nothingToFind
    case longSearch(Int)
    case notFound(String)
    case nothingToUndo
    case tooManyLines(Int)
    case tooManyCharacters(Int)
    case tooManyOctets(Int)

    /// What the writer reads.
    var sentence: Sentence {
        switch self {
        case .empty: "There is no line yet."
        // What no line can be called is not told again: it may be endless.
        case .noLine(.max, _): "There is no such line."
        case .noLine(let number, 1): "There is no line \(plain: String(number)); there is only one line."
        case .noLine(let number, let count):
            "There is no line \(plain: String(number)); there are \(plain: String(count)) lines."
        case .reversed: "The first of two numbers has to be the smaller one."
        case .nothingToFind: "Say what to look for, as in \(command: ".s /old/new/")."
        case .longSearch(let limit): "What is looked for has \(plain: String(limit)) characters at most."
        case .notFound(let text): "There is no \"\(speech: text)\" there."
        case .nothingToUndo: "There is nothing to take back."
        case .tooManyLines(let limit):
            "There can be \(plain: String(limit)) lines at most, so nothing was changed."
        case .tooManyCharacters(let limit):
            "There can be \(plain: String(limit)) characters at most, so nothing was changed."
        case .tooManyOctets(let limit):
            "There can be \(plain: String(limit / 1024)) KiB of text at most, so nothing was changed."
        }
    }
}
