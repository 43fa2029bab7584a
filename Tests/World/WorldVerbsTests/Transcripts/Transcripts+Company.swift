/// Going together, and asking about each other.
extension Transcripts {
    static let company = [
        "follow": #"""
        > Ben: follow
        Ben: You go alone. With follow and a name you go with somebody.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Ben: follow ada
        Ben: You follow Ada already.
        > Ada: follow ben
        Ada: Ben goes behind you already.
        > Ada: follow me
        Ada: You cannot help following yourself.
        > Ada: follow lamp
        Ada: You can only do that with a person, not with the brass lamp.
        > Cy: follow ben
        Cy: You follow Ben now.
        Ben: Cy follows you now.
        > Ada: east
        Ada: Ben follows you.
        Ada: Cy follows Ben.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper, a cat, Ben and Cy are here.
        Ada: The only way out is west.
        Ben: You follow Ada.
        Ben: Cy follows you.
        Ben: Library
        Ben: Books to the ceiling.
        Ben: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ben: In the glass case is a ruby.
        Ben: A keeper, a cat, Ada and Cy are here.
        Ben: The only way out is west.
        Cy: Ben follows Ada.
        Cy: You follow Ben.
        Cy: Library
        Cy: Books to the ceiling.
        Cy: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Cy: In the glass case is a ruby.
        Cy: A keeper, a cat, Ada and Ben are here.
        Cy: The only way out is west.
        (Cy is away)
        > Ben: west
        Ada: Ben leaves west.
        Ben: Hall
        Ben: A high hall. Tapestries cover the walls.
        Ben: A wooden chest stands by the wall.
        Ben: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ben: On the table is a letter.
        Ben: You can go north (the oak door is closed), down or east.
        Cy: Ben leaves west.
        > Ben: follow cat
        Ben: You see no "cat" here.
        > Ben: follow ada
        Ben: You see no "ada" here.
        """#,
        "following in the dark": #"""
        (Ada stands in the Cellar)
        (Ben stands in the Cellar)
        (Ben carries a lit lantern)
        > Ada: follow ben
        Ada: You follow Ben now.
        Ben: Ada follows you now.
        > Ben: douse lantern
        Ben: You put out the lantern.
        Ada: Ben puts out the lantern.
        Ben: It is dark now.
        Ada: It is dark now.
        > Ben: u
        Ada: It is too dark to follow.
        Ada: Someone leaves upwards.
        Cy: Ben arrives from below.
        Ben: Hall
        Ben: A high hall. Tapestries cover the walls.
        Ben: A wooden chest stands by the wall.
        Ben: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ben: On the table is a letter.
        Ben: Cy is here.
        Ben: You can go north (the oak door is closed), down or east.
        """#,
        "unfollow": #"""
        > Ben: unfollow
        Ben: You follow nobody.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Ben: follow cy
        Ben: You do not follow Ada any more.
        Ada: Ben does not follow you any more.
        Ben: You follow Cy now.
        Cy: Ben follows you now.
        > Ben: unfollow
        Ben: You do not follow Cy any more.
        Cy: Ben does not follow you any more.
        > Cy: follow ben
        Cy: You follow Ben now.
        Ben: Cy follows you now.
        > Ben: quit
        Ben: Goodbye, Ben. Come back soon.
        Ben: [quit]
        Ada: Ben is gone.
        Cy: Ben is gone.
        Cy: You do not follow Ben any more.
        > Cy: unfollow
        Cy: You follow nobody.
        """#,
        "lose": #"""
        > Ada: lose ben
        Ada: Nobody follows you.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Ada: lose cy
        Ada: Cy does not follow you.
        > Ada: lose ben
        Ada: Ben does not follow you any more.
        Ben: You do not follow Ada any more.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Ada: lose all
        Ada: Ben does not follow you any more.
        Ben: You do not follow Ada any more.
        """#,
        "lead": #"""
        > Ada: lead lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: brass
        Ada: The brass lamp stays where it is.
        > Ada: lead ben
        Ada: Ben goes where he likes.
        > Ada: lead moth
        Ada: You see no "moth" here.
        """#,
        "group": #"""
        > Ada: group
        Ada: You go alone. With follow and a name you go with somebody.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Cy: follow ben
        Cy: You follow Ben now.
        Ben: Cy follows you now.
        > Cy: group
        Cy: Your group
        Cy: - Ada, ahead
        Cy: - Ben, behind Ada
        Cy: - You, behind Ben
        > Ben: group
        Ben: Your group
        Ben: - Ada, ahead
        Ben: - You, behind Ada
        Ben: - Cy, behind you
        > Cy: group say wait
        Cy: You tell the group, "wait"
        Ada: Cy tells the group, "wait"
        Ben: Cy tells the group, "wait"
        """#,
        "gtell": #"""
        > Ada: gtell hello
        Ada: Nobody goes with you who could hear it.
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        (Ada stands in the Library)
        > Ben: gtell where are you?
        Ben: You tell the group, "where are you?"
        Ada: Ben tells the group, "where are you?"
        (Ben is away)
        > Ada: gsay here
        Ada: Nobody goes with you who could hear it.
        """#,
        "finger": #"""
        > Ada: finger ben
        Ada: Ben
        Ada: Ben is a player.
        Ada: Ben is in the game.
        Ada: Ben has been playing since 14 November 2023.
        Ada: No plan.
        > Ben: plan Mending the clock.
        Ben: Your plan is now: Mending the clock.
        > Ben: follow cy
        Ben: You follow Cy now.
        Cy: Ben follows you now.
        (Ben is quiet for 5 minutes)
        > Ada: whois be
        Ada: Ben
        Ada: Ben is a player.
        Ada: Ben is in the game, quiet for 5 minutes.
        Ada: Ben has been playing since 14 November 2023.
        Ada: Ben goes with Cy.
        Ada: Plan: Mending the clock.
        > Ada: finger cy
        Ada: Cy
        Ada: Cy is a player.
        Ada: Cy is in the game.
        Ada: Cy has been playing since 14 November 2023.
        Ada: Ben goes behind Cy.
        Ada: No plan.
        > Ada: finger me
        Ada: Ada
        Ada: Ada is a player.
        Ada: You are in the game.
        Ada: Ada has been playing since 14 November 2023.
        Ada: No plan.
        > Ada: finger Dora
        Ada: Nobody of the name "Dora" plays here.
        """#,
        "last": #"""
        > Ada: last ben
        Ada: Ben is in the game.
        > Ada: last me
        Ada: You are in the game.
        > Ben: set lastseen off
        Ben: You set lastseen to off.
        Ben: [settings changed]
        > Ben: quit
        Ben: Goodbye, Ben. Come back soon.
        Ben: [quit]
        Ada: Ben is gone.
        Cy: Ben is gone.
        (Ben is away)
        > Ada: last ben
        Ada: Ben is away.
        (Ada is an admin)
        > Ada: seen ben
        Ada: Ben was in the game a moment ago.
        > Ada: last zoe
        Ada: Nobody of the name "zoe" plays here.
        """#,
        "plan": #"""
        > Ada: plan
        Ada: You have no plan.
        > Ada: plan To find the ring.
        Ada: Your plan is now: To find the ring.
        > Ada: plan
        Ada: Your plan: To find the ring.
        > Ada: plan = to rest
        Ada: Your plan is now: to rest
        > Ada: plan =3 cheers
        Ada: Your plan is now: 3 cheers
        > Ada: plan none
        Ada: You have no plan any more.
        (Cy is a guest)
        > Cy: plan to stay
        Cy: Guests cannot use plan. Leave with quit and make a character of your own.
        """#,
    ]
}
