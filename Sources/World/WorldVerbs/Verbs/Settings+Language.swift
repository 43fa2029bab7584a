import WorldLanguage
import WorldModel

/// In which language somebody reads the game.
extension Action {
    /// What the setting for the language can be, beside `auto`.
    var languageCodes: [String] { turn.languages.languages.map(\.code) + ["en"] }

    /// Lets all characters of an account read what its settings say, from the next sentence on.
    func useLanguage(of holder: Thing) {
        let code = holder[.settings][SettingName.language.rawValue] ?? ""
        let language = turn.languages[code] == nil ? "" : code
        for id in [holder.id, actor.id] + holder[.characters] {
            guard let character = world[id], character.has(.persona) else { continue }
            world.set(Property<String>.language.key, to: language.isEmpty ? nil : language.value, on: character)
        }
        turn.readAgain()
    }
}
