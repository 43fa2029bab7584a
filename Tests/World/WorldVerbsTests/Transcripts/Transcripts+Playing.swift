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
        > Ada: help bananas
        Ada: There is no help about "bananas". Try help or commands.
        > Ada: help search apostrophe
        Ada: These pages speak of "apostrophe":
        Ada: - help say: Say something to everybody here.
        Ada: - help emote: Show what you do.
        > Ada: help inve
        Ada: inventory: See what you carry.
        Ada: inventory
        Ada: Also: i and inv.
        Ada: Lists what you carry and, separately, what you wear; you know it by touch also in the dark. The short form is i.
        > Ada: help lokc
        Ada: There is no help about "lokc". Did you mean help lock?
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
        "tutorial": #"""
        > Ada: tutorial
        Ada: Nobody teaches here. help tells how to play.
        > Ada: tutorial next
        Ada: Nobody teaches here. help tells how to play.
        > Ada: tutorial sing
        Ada: Use it like this: tutorial, tutorial hint, tutorial next, tutorial stop or tutorial again.
        """#,
        "commands": #"""
        > Ada: commands flying
        Ada: There is no such kind of command. Kinds are looking, moving, things, talking, yourself, building or the game.
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
        "ssh-key": #"""
        > Ada: ssh-key
        Ada: [list keys]
        > Ada: ssh-key add ssh-ed25519 AAAAC3Nz the laptop
        Ada: [add key ssh-ed25519 AAAAC3Nz the laptop]
        > Ada: ssh-key add
        Ada: Type the line of your key behind it: ssh-key add ssh-ed25519 AAAA….
        > Ada: ssh-key remove the laptop
        Ada: [remove key the laptop]
        > Ada: ssh-key remove
        Ada: Which one? Type its name or its number behind it: ssh-key remove 1.
        > Ada: ssh-key please
        Ada: Use it like this: ssh-key, ssh-key add KEY or ssh-key remove NAME.
        (Ada is a guest)
        > Ada: ssh-key
        Ada: Guests cannot use ssh-key. Leave with quit and make a character of your own.
        """#,
        "certificate": #"""
        > Ada: certificate
        Ada: [list certificates]
        > Ada: certificate add
        Ada: [add certificate]
        > Ada: certificate add 00ff the laptop
        Ada: [add certificate 00ff the laptop]
        > Ada: certificate remove the laptop
        Ada: [remove certificate the laptop]
        > Ada: certificate remove
        Ada: Which one? Type its name or its number behind it: certificate remove 1.
        > Ada: certificate please
        Ada: Use it like this: certificate, certificate add, certificate add FINGERPRINT NAME or certificate remove NAME.
        (Ada is a guest)
        > Ada: certificate
        Ada: Guests cannot use certificate. Leave with quit and make a character of your own.
        """#,
        "app-password": #"""
        > Ada: app-password
        Ada: [list app-passwords]
        > Ada: app-password add irc
        Ada: [add app-password irc]
        > Ada: app-password add
        Ada: For which door? Type it behind that: app-password add irc.
        > Ada: app-password remove irc
        Ada: [remove app-password irc]
        > Ada: app-password remove
        Ada: For which door? Type it behind that: app-password remove irc.
        > Ada: app-password please
        Ada: Use it like this: app-password, app-password add DOOR or app-password remove DOOR.
        (Ada is a guest)
        > Ada: app-password
        Ada: Guests cannot use app-password. Leave with quit and make a character of your own.
        """#,
        "ban": #"""
        (Ada is an admin)
        > Ada: ban
        Ada: [list bans]
        > Ada: ban 192.0.2.7
        Ada: [ban 192.0.2.7 0 ]
        > Ada: ban 192.0.2.0/24 7d floods and worse
        Ada: [ban 192.0.2.0/24 604800 floods and worse]
        > Ada: ban 192.0.2.7 floods
        Ada: [ban 192.0.2.7 0 floods]
        > Ada: unban
        Ada: Type the address behind it: unban 192.0.2.0/24.
        """#,
        "unban": #"""
        (Ada is an admin)
        > Ada: unban 192.0.2.7
        Ada: [unban 192.0.2.7]
        > Ada: unban
        Ada: Type the address behind it: unban 192.0.2.0/24.
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
