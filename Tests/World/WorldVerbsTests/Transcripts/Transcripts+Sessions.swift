/// Doors and characters of one player; what the game itself does of it is tested with its sessions.
extension Transcripts {
    static let sessions = [
        "connections": #"""
        > Ada: connections
        Ada: [list doors]
        > Ada: connections close 2
        Ada: [close door 2]
        > Ada: connections close others
        Ada: [close other doors]
        > Ada: connections close this
        Ada: [leave by door]
        > Ada: connections close gate
        Ada: Connections have numbers. Type connections to see them.
        > Ada: connections open
        Ada: Use it like this: connections, connections close NUMBER, connections close others or connections close this.
        """#,
        "characters": #"""
        > Ada: characters
        Ada: Your characters
        Ada: - Ada, whom you play
        > Ada: character create bryn
        Ada: [create character bryn]
        > Ada: character delete ada ada
        Ada: You cannot end the character that you play.
        > Ada: character delete ben ben
        Ada: You have no character called "ben".
        > Ada: character delete ada
        Ada: You cannot end the character that you play.
        (Ada is a guest)
        > Ada: characters
        Ada: Guests cannot use characters. Leave with quit and make a character of your own.
        """#,
        "play": #"""
        > Ada: play bryn
        Ada: [play bryn]
        > Ada: play
        Ada: Use it like this: play NAME.
        """#,
    ]
}
