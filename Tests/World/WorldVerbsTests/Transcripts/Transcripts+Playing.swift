extension Transcripts {
    static let playing = [
        "who": #"""
        > Ada: who
        Ada: Three people are here:
        Ada: - Ada (you)
        Ada: - Ben
        Ada: - Cy
        (Ben is quiet for 5 minutes)
        (Cy is away)
        > Ada: who
        Ada: Two people are here:
        Ada: - Ada (you)
        Ada: - Ben, quiet for 5 minutes
        (Ben is away)
        > Ada: who
        Ada: One person is here:
        Ada: - Ada (you)
        """#,
        "help": #"""
        > Ada: help topics
        Ada: Pages of help
        Ada: Every command has a page as well; commands lists them.
        > Ada: help
        Ada: Type look to see where you are, a direction as north or n to go there, get and drop with the name of a thing, and say to talk. commands lists all there is; help and a command tells more about it.
        > Ada: help get
        Ada: get: Pick something up.
        Ada: get THING
        Ada: get all
        Ada: get 2 COINS
        Ada: get THING from CONTAINER
        Ada: Also: take, pick, grab, pick up and take up.
        Ada: Takes what lies here, or with from what is in or on something. all takes whatever can be taken, all coins all of a kind, all except lamp the rest. With several alike, say which: 2.coin, second coin.
        Ada: Example: get lamp, get all from the chest, take the brass lamp and the key.
        > Ada: help take off
        Ada: remove: Take off something you wear.
        Ada: remove THING
        Ada: take off THING
        Ada: Also: doff and take off.
        Ada: Takes off clothing; you go on carrying it. Example: remove hat, take off hat, remove all.
        > Ada: help n
        Ada: go: Go somewhere; a direction alone is enough.
        Ada: go DIRECTION
        Ada: go WAY
        Ada: DIRECTION
        Ada: Also: walk.
        Ada: The ways out of a place are the last line of its description. Type a direction or its short form: n, ne, e, se, s, sw, w, nw, u, d, in, out. A way that has a name can be gone by it, and one with a door by the door.
        Ada: Example: go north, n, go stairs, or only stairs.
        > Ada: help bananas
        Ada: There is no help about "bananas". Try help or commands.
        > Ada: help search apostrophe
        Ada: These pages speak of "apostrophe": help say and help emote.
        > Ada: ? eq
        Ada: equipment: See what you wear.
        Ada: equipment
        Ada: Also: eq.
        Ada: Lists what you wear and where. The short form is eq; inventory shows also what you carry.
        > Ada: help claim
        Ada: claim: Become the owner of a new game.
        Ada: claim CODE
        Ada: A new server prints a code when it starts. The first who types it after claim owns the game.
        """#,
        "commands": #"""
        > Ada: commands
        Ada: Commands
        Ada: Looking: look, examine, read and why.
        Ada: Moving: go and enter.
        Ada: Things: get, drop, put, give, inventory, open, close, lock, unlock, light and douse.
        Ada: Talking: say, tell, reply, emote, ask and socials.
        Ada: Yourself: wear, remove, equipment, describe, set, alias and unalias.
        Ada: The game: who, help, commands, again, oops, password, authenticator, claim and quit.
        Ada: Directions are commands too, whole or short: north or n.
        Ada: Type help and a command to read about it.
        (Ada is a guest)
        > Ada: commands
        Ada: Commands
        Ada: Looking: look, examine, read and why.
        Ada: Moving: go and enter.
        Ada: Things: get, drop, put, give, inventory, open, close, lock, unlock, light and douse.
        Ada: Talking: say, tell, reply, emote, ask and socials.
        Ada: Yourself: wear, remove, equipment, set, alias and unalias.
        Ada: The game: who, help, commands, again, oops and quit.
        Ada: Directions are commands too, whole or short: north or n.
        Ada: Type help and a command to read about it.
        """#,
        "again": #"""
        > Ada: again
        Ada: You have not done anything yet.
        > Ada: say hi
        Ada: You say, "hi"
        Ben: Ada says, "hi"
        Cy: Ada says, "hi"
        > Ada: g
        Ada: You say, "hi"
        Ben: Ada says, "hi"
        Cy: Ada says, "hi"
        > Ada: get coin
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: again
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: g
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: g
        Ada: You have the copper coin already.
        > Ada: g
        Ada: You have the copper coin already.
        """#,
        "password": #"""
        > Ada: password
        Ada: [change password]
        > Ada: password secret
        Ada: Use it like this: password.
        (Ada is a guest)
        > Ada: password
        Ada: Guests cannot use password. Leave with quit and make a character of your own.
        """#,
        "authenticator": #"""
        > Ada: authenticator
        Ada: [authenticator]
        > Ada: authenticator on
        Ada: [authenticator on]
        > Ada: authenticator off
        Ada: [authenticator off]
        > Ada: authenticator please
        Ada: Use it like this: authenticator, authenticator on or authenticator off.
        (Ada is a guest)
        > Ada: authenticator on
        Ada: Guests cannot use authenticator. Leave with quit and make a character of your own.
        """#,
        "claim": #"""
        > Ada: claim abc-123
        Ada: [claim ABC-123]
        > Ada: claim
        Ada: Use it like this: claim CODE.
        """#,
        "quit": #"""
        > Ada: quit
        Ada: Goodbye, Ada. Come back soon.
        Ben: Ada is gone.
        Cy: Ada is gone.
        Ada: [quit]
        (Ben carries a borrowed torch)
        > Ben: quit
        Ben: You leave a torch behind, because others need it.
        Ben: Goodbye, Ben. Come back soon.
        Cy: Ben is gone.
        Cy: Ben leaves a torch behind.
        Ben: [quit]
        > Cy: quit now
        Cy: Use it like this: quit.
        """#,
    ]
}
