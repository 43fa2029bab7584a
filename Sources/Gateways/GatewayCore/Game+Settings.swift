import TerminalWire
import WorldLanguage
import WorldModel

/// What players have set, at all their doors.
extension Game {
    /// Has every door of an account read its settings again.
    func applySettings(of persona: Thing) {
        let holder = world.holder(of: persona)
        for play in plays.values where world.holder(of: play.persona) === holder {
            for door in play.doors { applySettings(to: door) }
        }
    }

    /// Puts the player's own settings over what the client told.
    func applySettings(to session: Session) {
        var profile = session.clientProfile
        if let persona = session.persona {
            session.languageCode = persona[.language]
            let preferences = world.preferences(of: persona)
            profile.apply(preferences)
            session.door.setCompression(preferences.chosen(.compress) != "off")
            let wantsLinks = preferences.chosen(.mxp) == "on"
            session.door.setLinks(wantsLinks)
            // The client takes no more elements from the withdrawal on, which comes before its answer to that.
            profile.hasLinks = profile.hasLinks && wantsLinks
        }
        if profile.charset != session.profile.charset { session.door.use(profile.charset) }
        session.profile = profile
        session.updateCharacterMode()
    }
}
