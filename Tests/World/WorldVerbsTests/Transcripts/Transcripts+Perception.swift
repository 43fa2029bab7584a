extension Transcripts {
    static let perception = [
        "a lit room seen from a dark one": #"""
        > Cy: look
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Cy: Above you see Parlour, with a chest and Ada.
        Cy: To the west, through the plank door, you see Shed.
        > Cy: look at ruby
        Cy: You see nothing special about the ruby.
        > Cy: get ruby
        Cy: That is out of reach, above.
        > Cy: look at bottle
        Cy: It is too dark to see that.
        > Cy: look up
        Cy: Above you see Parlour, with a chest and Ada.
        > Cy: look west
        Cy: To the west, through the plank door, you see Shed.
        > Cy: close plank door
        Cy: It is too dark to see that.
        > Cy: look
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Cy: Above you see Parlour, with a chest and Ada.
        Cy: To the west, through the plank door, you see Shed.
        """#,
        "a dark room seen from a lit one": #"""
        > Ada: look
        Ada: Parlour
        Ada: Chairs under sheets.
        Ada: You see a chest here.
        Ada: In the glass case is a ruby.
        Ada: To the north, through the casement, you see Garden, with a rose and Ben.
        Ada: To the east you see Gallery.
        Ada: To the east you see, farther on, Terrace, with an urn.
        Ada: You can go down or east.
        > Ada: look down
        Ada: It is dark that way.
        > Ada: look at bottle
        Ada: You see no "bottle" here.
        > Ada: why can't I see the bottle
        Ada: You see no "bottle" here.
        Ada: You cannot see what is in the chest, because it is closed.
        Ada: You cannot see what is below, because it is dark there.
        """#,
        "two rooms in one line": #"""
        > Ada: look at urn
        Ada: You see nothing special about the urn.
        > Ada: get urn
        Ada: That is out of reach, to the east.
        > Ada: why can't I get the urn
        Ada: You see Terrace, to the east. But your hands do not reach so far.
        Ada: The urn is there.
        Ada: So: That is out of reach, to the east.
        """#,
        "contents hidden in the dark": #"""
        > Cy: get box
        Cy: It is too dark to see that.
        > Cy: get bottle
        Cy: It is too dark to see that.
        > Cy: look at cy
        Cy: There is nothing remarkable about you yet.
        (Cy stands in the Parlour)
        > Cy: get chest
        Cy: You take the chest.
        Ada: Cy takes the chest.
        Ben: To the south, through the casement, Cy takes the chest.
        (Cy stands in the Vault)
        > Cy: i
        Cy: You carry a chest.
        > Cy: look at chest
        Cy: It is too dark to see that.
        > Cy: open chest
        Cy: You open the chest.
        > Cy: look in chest
        Cy: It is too dark to see that.
        > Cy: get ring
        Cy: You take the ring out of the chest.
        """#,
        "a glass case": #"""
        > Ada: look at ruby
        Ada: You see nothing special about the ruby.
        > Ada: get ruby
        Ada: The glass case is closed.
        > Ada: why can't I get the ruby
        Ada: The glass case is here.
        Ada: The ruby is in the glass case. But the glass case is closed: your eyes pass, not your hands.
        Ada: So: The glass case is closed.
        > Ada: why can't I see the ruby
        Ada: The glass case is here.
        Ada: The ruby is in the glass case. But the glass case is closed: your eyes pass, not your hands.
        Ada: So you see the ruby, but cannot reach it.
        > Ada: why ruby
        Ada: The glass case is here.
        Ada: The ruby is in the glass case. But the glass case is closed: your eyes pass, not your hands.
        Ada: So you see the ruby, but cannot reach it.
        > Ada: why can't I see the ring
        Ada: You see no "ring" here.
        Ada: You cannot see what is in the chest, because it is closed.
        Ada: You cannot see what is below, because it is dark there.
        > Ada: open glass case
        Ada: You open the glass case.
        Ben: To the south, through the casement, Ada opens the glass case.
        Cy: Above, Ada opens the glass case.
        Ada: In it is a ruby.
        > Ada: why can't I get the ruby
        Ada: The glass case is here.
        Ada: The ruby is in the glass case.
        Ada: So nothing stands in the way of "get the ruby".
        > Ada: get ruby
        Ada: You take the ruby out of the glass case.
        Ben: To the south, through the casement, Ada takes the ruby out of the glass case.
        Cy: Above, Ada takes the ruby out of the glass case.
        > Ada: why can't I get the glass case
        Ada: The glass case is here.
        Ada: So: The case is screwed to the floor.
        """#,
        "layers of clothes": #"""
        > Ada: look at ben
        Ada: There is nothing remarkable about Ben yet.
        Ada: He wears a coat.
        > Ada: look at shirt
        Ada: You see no "shirt" here.
        > Ada: look at coat
        Ada: You see nothing special about the coat.
        > Ben: i
        Ben: You carry nothing.
        Ben: You wear a shirt, a coat and some trousers.
        > Ben: look at me
        Ben: There is nothing remarkable about you yet.
        Ben: You wear a shirt, a coat and some trousers.
        > Ben: remove shirt
        Ben: You would have to remove the coat first.
        > Ben: why can't I remove shirt
        Ben: You wear the shirt. But the coat is worn over it.
        Ben: So: You would have to remove the coat first.
        > Ben: remove coat
        Ben: You take off the coat.
        Ada: To the north, through the casement, Ben takes off the coat.
        > Ada: look at ben
        Ada: There is nothing remarkable about Ben yet.
        Ada: He wears a shirt and some trousers.
        Ada: He carries a coat.
        > Ben: remove shirt
        Ben: You take off the shirt.
        Ada: To the north, through the casement, Ben takes off the shirt.
        > Ben: wear coat
        Ben: You put on the coat.
        Ada: To the north, through the casement, Ben puts on the coat.
        > Ben: wear shirt
        Ben: You would have to remove the coat first.
        > Ben: remove all
        Ben: You take off the coat.
        Ada: To the north, through the casement, Ben takes off the coat.
        Ben: You take off the trousers.
        Ada: To the north, through the casement, Ben takes off the trousers.
        > Ben: wear all
        Ben: You put on the shirt.
        Ada: To the north, through the casement, Ben puts on the shirt.
        Ben: You put on the trousers.
        Ada: To the north, through the casement, Ben puts on the trousers.
        Ben: You put on the coat.
        Ada: To the north, through the casement, Ben puts on the coat.
        """#,
        "speech through a window": #"""
        > Ada: say Can you hear me?
        Ada: You say, "Can you hear me?"
        Cy: From above, you hear Ada say, muffled, "Can you hear me?"
        > Ben: why can't I hear ada
        Ben: You see Parlour, to the south. But your hands do not reach so far.
        Ben: Ada is there.
        Ben: But no sound comes from there.
        > Ada: open casement
        Ada: You open the casement.
        Ben: The casement opens.
        Cy: Above, Ada opens something.
        > Ada: say Can you hear me?
        Ada: You say, "Can you hear me?"
        Ben: From the south, through the casement, you hear Ada say, muffled, "Can you hear me?"
        Cy: From above, you hear Ada say, muffled, "Can you hear me?"
        > Ben: say Yes.
        Ben: You say, "Yes."
        Ada: From the north, through the casement, you hear Ben say, muffled, "Yes."
        > Ben: why can't I hear ada
        Ben: You see Parlour, to the south. But your hands do not reach so far.
        Ben: Ada is there.
        Ben: So you hear Ada muffled, to the south.
        > Ada: north
        Ada: The casement is too narrow for anybody.
        > Ada: get rose
        Ada: That is out of reach, to the north.
        > Ada: close casement
        Ada: You close the casement.
        Ben: The casement closes.
        Cy: Above, Ada closes something.
        > Ben: say Hello?
        Ben: You say, "Hello?"
        (Ben stands in the Terrace)
        > Ben: say Hello?
        Ben: You say, "Hello?"
        """#,
        "somebody behind glass": #"""
        > Ada: ben, can you hear me?
        Ada: Ben does not hear you from there.
        > Ada: ask ben about roses
        Ada: Ben speaks for himself: use say or tell.
        > Ada: give ruby to ben
        Ada: You are not carrying the ruby.
        > Ada: open casement then ben, can you hear me?
        Ada: You open the casement.
        Ben: The casement opens.
        Cy: Above, Ada opens something.
        Ada: You say to Ben, "can you hear me?"
        Ben: From the south, through the casement, you hear Ada say, muffled, "can you hear me?"
        Cy: From above, you hear Ada say, muffled, "can you hear me?"
        > Ada: open casement
        Ada: The casement is open already.
        > Ada: ben, can you hear me?
        Ada: You say to Ben, "can you hear me?"
        Ben: From the south, through the casement, you hear Ada say, muffled, "can you hear me?"
        Cy: From above, you hear Ada say, muffled, "can you hear me?"
        > Ada: why can't I say hello
        Ada: Only what is seen, moved or handled can be explained so.
        """#,
        "light that is carried": #"""
        (Cy stands in the Shed)
        > Cy: east
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Cy: Above you see Parlour, with a chest and Ada.
        Cy: To the west, through the plank door, you see Shed.
        > Cy: look at lantern
        Cy: It is too dark to see that.
        (Cy carries a lit candle)
        > Cy: look
        Cy: Vault
        Cy: Damp brick.
        Cy: You see a bottle, a lantern and a tin box here.
        Cy: Above you see Parlour, with a chest and Ada.
        Cy: To the west, through the plank door, you see Shed.
        Cy: You can go up or west.
        > Ada: look at lantern
        Ada: You see nothing special about the lantern.
        > Cy: get tin box
        Cy: You take the tin box.
        Ada: Below, Cy takes the tin box.
        > Cy: put candle in box
        Cy: You put the candle in the tin box.
        Ada: Below, Cy puts the candle in the tin box.
        > Cy: close box
        Cy: You close the tin box.
        Ada: Below, Cy closes the tin box.
        > Cy: look
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Cy: Above you see Parlour, with a chest and Ada.
        Cy: To the west, through the plank door, you see Shed.
        > Ada: look down
        Ada: It is dark that way.
        > Cy: open box
        Cy: You open the tin box.
        Ada: Below, Cy opens the tin box.
        Cy: In it is a candle.
        > Cy: up
        Ada: Cy arrives from below.
        Ben: To the south, through the casement, Cy arrives from below.
        Cy: Parlour
        Cy: Chairs under sheets.
        Cy: You see a chest here.
        Cy: In the glass case is a ruby.
        Cy: Ada is here.
        Cy: To the north, through the casement, you see Garden, with a rose and Ben.
        Cy: Below you see Vault, with a bottle and a lantern.
        Cy: To the east you see Gallery.
        Cy: To the east you see, farther on, Terrace, with an urn.
        Cy: You can go down or east.
        > Ada: look down
        Ada: Below you see Vault, with a bottle and a lantern.
        > Ada: look at lantern
        Ada: You see nothing special about the lantern.
        > Cy: drop box
        Cy: You drop the tin box.
        Ada: Cy drops the tin box.
        Ben: To the south, through the casement, Cy drops the tin box.
        > Cy: douse candle
        Cy: You put out the candle.
        Ada: Cy puts out the candle.
        Ben: To the south, through the casement, Cy puts out the candle.
        > Ada: look down
        Ada: It is dark that way.
        """#,
        "what is done beyond a window": #"""
        > Ada: emote waves both arms
        Ada: Ada waves both arms.
        Ben: To the south, through the casement, Ada waves both arms.
        Cy: Above, Ada waves both arms.
        > Ada: get chest
        Ada: You take the chest.
        Ben: To the south, through the casement, Ada takes the chest.
        Cy: Above, Ada takes the chest.
        > Cy: emote sulks
        Cy: Cy sulks.
        > Cy: get bottle
        Cy: It is too dark to see that.
        > Ada: east
        Ada: Gallery
        Ada: A long room.
        Ada: To the west you see Parlour.
        Ada: To the east you see Terrace, with an urn.
        Ada: You can go west or east.
        Ben: To the south, through the casement, Ada leaves east.
        Cy: Above, Ada leaves east.
        > Ada: drop chest
        Ada: You drop the chest.
        > Ben: say Is anybody there?
        Ben: You say, "Is anybody there?"
        > Ada: down
        Ada: You cannot go down from here.
        (Cy stands in the Parlour)
        > Ada: west
        Cy: Ada arrives from the east.
        Ben: To the south, through the casement, Ada arrives from the east.
        Ada: Parlour
        Ada: Chairs under sheets.
        Ada: In the glass case is a ruby.
        Ada: Cy is here.
        Ada: To the north, through the casement, you see Garden, with a rose and Ben.
        Ada: To the east you see Gallery, with a chest.
        Ada: To the east you see, farther on, Terrace, with an urn.
        Ada: You can go down or east.
        > Cy: nod
        Cy: There is no verb "nod". Type commands for a list, or help.
        > Cy: down
        Ada: Cy leaves downwards.
        Ben: To the south, through the casement, Cy leaves downwards.
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Cy: Above you see Parlour, with Ada.
        Cy: To the west, through the plank door, you see Shed.
        """#,
    ]
}
