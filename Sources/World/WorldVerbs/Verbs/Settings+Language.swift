import WorldLanguage
import WorldModel

extension Setting {
    static let languageName = "language"
}

/// In which language somebody reads the game.
extension Action {
    /// The setting for the language, if there is more than one.
    var languageSettings: [Setting] {
        if turn.languages.isEmpty { return [] }
        let codes = turn.languages.languages.map(\.code)
        return [Setting(Setting.languageName, ["lang"], words: codes + ["en", "auto"])]
    }

    /// Lets all characters of an account read what its settings say, from the next sentence on.
    func useLanguage(of holder: Thing) {
        let code = holder[.settings][Setting.languageName] ?? ""
        let language = turn.languages[code] == nil ? "" : code
        for id in [holder.id, actor.id] + holder[.characters] {
            guard let character = world[id], character.has(.persona) else { continue }
            world.set(Property<String>.language.key, to: language.isEmpty ? nil : language.value, on: character)
        }
        turn.readAgain()
    }
}
