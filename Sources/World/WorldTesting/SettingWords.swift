import Basics
import WorldLanguage

extension SettingName {
    /// The Latin letters that names and values of settings begin with: they are typed alike in every language, so that
    /// a text in another one may have them.
    package static let latinWords: Set<String> = {
        var words = allCases.flatMap { [$0.rawValue] + $0.rule.words }
        words += TextStyle.allCases.map { "\($0)" }
        words += TextColour.allCases.map(\.rawValue)
        words += ["en", "zh"]
        return Set(words.map { word in String(word.prefix { $0.isLetter }).folded })
    }()
}
