import DaemonCore
import GatewayCore

extension ClientOffers {
    init(_ settings: ClientSettings) {
        self.init()
        surfaceURL = settings.surface
        surfaceVersion = settings.surfaceVersion
        mapURL = settings.map
        soundURL = settings.sounds
        discordInvitation = settings.discord
        discordApplication = settings.discordApplication
    }
}

extension GameListing {
    init(_ settings: ListingSettings) {
        self.init()
        hostname = settings.hostname
        contact = settings.contact
        website = settings.website
        icon = settings.icon
        location = settings.location
        created = settings.created
        status = settings.status
        genre = settings.genre
        gameplay = settings.gameplay
        codebase = "mudd \(DaemonVersion.current)"
    }
}
