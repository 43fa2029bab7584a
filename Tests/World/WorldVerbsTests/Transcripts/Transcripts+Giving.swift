extension Transcripts {
    static let giving = [
        "put": #"""
        > Ada: put lamp in chest
        Ada: You are not carrying the brass lamp.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: put lamp in chest
        Ada: The wooden chest is closed.
        > Ada: open chest
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: put lamp in chest
        Ada: You put the brass lamp in the wooden chest.
        Ben: Ada puts the brass lamp in the wooden chest.
        Cy: Ada puts the brass lamp in the wooden chest.
        > Ada: put lamp in chest
        Ada: You are not carrying the oil lamp.
        > Ada: get all coins
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: put coins in chest
        Ada: You put the copper coin in the wooden chest.
        Ben: Ada puts the copper coin in the wooden chest.
        Cy: Ada puts the copper coin in the wooden chest.
        Ada: You put the copper coin in the wooden chest.
        Ben: Ada puts the copper coin in the wooden chest.
        Cy: Ada puts the copper coin in the wooden chest.
        Ada: You put the copper coin in the wooden chest.
        Ben: Ada puts the copper coin in the wooden chest.
        Cy: Ada puts the copper coin in the wooden chest.
        > Ada: put 3 coins in chest
        Ada: You carry nothing of that kind.
        > Ada: put oil lamp in chest
        Ada: You are not carrying the oil lamp.
        > Ada: get oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: put oil lamp in chest
        Ada: There is no room for the oil lamp in the wooden chest.
        > Ada: put it on the table
        Ada: You put the oil lamp on the table.
        Ben: Ada puts the oil lamp on the table.
        Cy: Ada puts the oil lamp on the table.
        > Ada: get it
        Ada: You take the oil lamp from the table.
        Ben: Ada takes the oil lamp from the table.
        Cy: Ada takes the oil lamp from the table.
        > Ada: put it on letter
        Ada: Nothing can be put there.
        > Ada: get box from chest
        Ada: You take the tin box out of the wooden chest.
        Ben: Ada takes the tin box out of the wooden chest.
        Cy: Ada takes the tin box out of the wooden chest.
        > Ada: open box
        Ada: You open the tin box.
        Ben: Ada opens the tin box.
        Cy: Ada opens the tin box.
        Ada: In it is a gold ring.
        > Ada: put box in box
        Ada: The tin box cannot go into itself.
        > Ada: put box
        Ada: Use it like this: put THING in CONTAINER or put THING on TABLE.
        > Ada: put ring in sea
        Ada: You see no "sea" here.
        """#,
        "give": #"""
        > Ada: give lamp to ben
        Ada: You are not carrying the brass lamp.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: give lamp to ben
        Ada: You give the brass lamp to Ben.
        Ben: Ada gives the brass lamp to you.
        Cy: Ada gives the brass lamp to Ben.
        > Ben: give it to me
        Ben: I am not sure what "it" is. Please name it.
        > Ben: give lamp to chest
        Ben: You can only do that with a person, not with the wooden chest.
        > Ben: give lamp to Dora
        Ben: You see no "dora" here.
        > Ben: give lamp
        Ben: You have to say to whom.
        > Ben: drop lamp
        Ben: You drop the brass lamp.
        Ada: Ben drops the brass lamp.
        Cy: Ben drops the brass lamp.
        (Ada stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        > Ada: wear it
        Ada: You put on the felt hat.
        > Ada: give hat to keeper
        Ada: The keeper does not want anything.
        > Ada: remove hat
        Ada: You take off the felt hat.
        > Ada: give hat to keeper
        Ada: The keeper does not want anything.
        """#,
        "two people": #"""
        > Ada: get brass lamp and oil lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: give lamps to ben
        Ada: You give the brass lamp to Ben.
        Ben: Ada gives the brass lamp to you.
        Cy: Ada gives the brass lamp to Ben.
        Ada: You give the oil lamp to Ben.
        Ben: Ada gives the oil lamp to you.
        Cy: Ada gives the oil lamp to Ben.
        > Ben: give brass lamp, oil lamp to cy
        Ben: You give the brass lamp to Cy.
        Cy: Ben gives the brass lamp to you.
        Ada: Ben gives the brass lamp to Cy.
        Ben: You give the oil lamp to Cy.
        Cy: Ben gives the oil lamp to you.
        Ada: Ben gives the oil lamp to Cy.
        > Cy: drop everything
        Cy: You drop the brass lamp.
        Ada: Cy drops the brass lamp.
        Ben: Cy drops the brass lamp.
        Cy: You drop the oil lamp.
        Ada: Cy drops the oil lamp.
        Ben: Cy drops the oil lamp.
        > Ben: get all lamps except the oil lamp
        Ben: You take the brass lamp.
        Ada: Ben takes the brass lamp.
        Cy: Ben takes the brass lamp.
        """#,
        "inventory": #"""
        > Ada: inventory
        Ada: You carry nothing.
        > Ada: get all coins
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: i
        Ada: You carry three copper coins and a brass lamp.
        (Ada stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        > Ada: inv
        Ada: You carry three copper coins and a brass lamp.
        Ada: You wear a felt hat.
        > Ada: set screenreader on
        Ada: You set screenreader to on.
        Ada: [settings changed]
        > Ada: i
        Ada: You carry:
        Ada: - three copper coins
        Ada: - a brass lamp
        Ada: You wear:
        Ada: - a felt hat
        """#,
        "put all": #"""
        (Ben stands in the Garden)
        (Cy stands in the Garden)
        > Ada: open chest
        Ada: You open the wooden chest.
        Ada: In it is a tin box.
        > Ada: get box and coin
        Ada: You take the tin box out of the wooden chest.
        Ada: You take the copper coin.
        > Ada: open box
        Ada: You open the tin box.
        Ada: In it is a gold ring.
        > Ada: put all in box
        Ada: You put the copper coin in the tin box.
        > Ada: put all in box
        Ada: The tin box cannot go into itself.
        > Ada: put ring in box
        Ada: The gold ring is in the tin box already.
        > Ada: close box
        Ada: You close the tin box.
        > Ada: put ring on table
        Ada: You have no "ring".
        (Ben stands in the Hall)
        > Ben: get all from ada
        Ben: You cannot take anything from Ada.
        > Ben: open box
        Ben: Ada has that.
        > Ben: put letter in box
        Ben: You are not carrying the letter.
        """#,
    ]
}
