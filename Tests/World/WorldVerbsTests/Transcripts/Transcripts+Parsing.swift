extension Transcripts {
    static let parsing = [
        "unknown words": #"""
        > Ada: lok
        Ada: There is no verb "lok". Did you mean lock or look?
        > Ada: xyzzy
        Ada: There is no verb "xyzzy". Type commands for a list, or help.
        > Ada: egt lamp
        Ada: There is no verb "egt". Did you mean get?
        > Ada: exm chest
        Ada: There is no verb "exm". Did you mean exa?
        > Ada: inve
        Ada: You carry nothing.
        > Ada: op chest
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: 17
        Ada: There is no verb "17". Type commands for a list, or help.
        """#,
        "sequences": #"""
        > Ada: get brass lamp then light it. look at it
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You light the brass lamp.
        Ben: Ada lights the brass lamp.
        Cy: Ada lights the brass lamp.
        Ada: You see nothing special about the brass lamp.
        Ada: It is lit.
        > Ada: drop lamp, then get letter and read it
        Ada: You drop the brass lamp.
        Ben: Ada drops the brass lamp.
        Cy: Ada drops the brass lamp.
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        Ada: Meet me in the garden.
        > Ada: open chest and get tin box
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        Ada: You take the tin box out of the wooden chest.
        Ben: Ada takes the tin box out of the wooden chest.
        Cy: Ada takes the tin box out of the wooden chest.
        > Ada: open box, get ring and wear it; i
        Ada: You open the tin box.
        Ben: Ada opens the tin box.
        Cy: Ada opens the tin box.
        Ada: In it is a gold ring.
        Ada: You take the gold ring out of the tin box.
        Ben: Ada takes the gold ring out of the tin box.
        Cy: Ada takes the gold ring out of the tin box.
        Ada: You put on the gold ring.
        Ben: Ada puts on the gold ring.
        Cy: Ada puts on the gold ring.
        Ada: You carry a letter and a tin box.
        Ada: You wear a gold ring.
        > Ada: get iron key then get zebra then drop iron key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        Ada: You see no "zebra" here.
        > Ada: unlock oak door then open oak door. n. s
        Ada: (with the iron key)
        Ada: You unlock the oak door with the iron key.
        Ben: Ada unlocks the oak door with the iron key.
        Cy: Ada unlocks the oak door with the iron key.
        Ada: You open the oak door.
        Ben: Ada opens the oak door.
        Cy: Ada opens the oak door.
        Ben: Ada leaves north.
        Cy: Ada leaves north.
        Ada: Garden
        Ada: Roses and gravel.
        Ada: The only way out is south.
        Ben: Ada arrives from the north.
        Cy: Ada arrives from the north.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an oil lamp, three copper coins and a brass lamp here.
        Ada: Ben and Cy are here.
        Ada: You can go north, down or east.
        > Ada: say Open the chest. Then get the box and go north.
        Ada: You say, "Open the chest. Then get the box and go north."
        Ben: Ada says, "Open the chest. Then get the box and go north."
        Cy: Ada says, "Open the chest. Then get the box and go north."
        > Ada: ben, open the door. n
        Ada: You say to Ben, "open the door. n"
        Ben: Ada says to you, "open the door. n"
        Cy: Ada says to Ben, "open the door. n"
        > Ada: s. get lamp then i
        Ada: You cannot go south from here.
        > Ada: look on table then get lamp then i
        Ada: There is nothing on it.
        Ada: Which do you mean: the oil lamp or the brass lamp?
        > Ada: the oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        Ada: You carry a letter, a tin box, an iron key and an oil lamp.
        Ada: You wear a gold ring.
        > Ada: drop oil lmap then i
        Ada: You have no "oil lmap". Did you mean lamp?
        > Ada: drop oil lamp then drop lettre then i
        Ada: You drop the oil lamp.
        Ben: Ada drops the oil lamp.
        Cy: Ada drops the oil lamp.
        Ada: You have no "lettre". Did you mean letter?
        > Ada: oops letter
        Ada: You drop the letter.
        Ben: Ada drops the letter.
        Cy: Ada drops the letter.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        > Ada: again
        Ada: You are not carrying the letter.
        > Ada: i then i then i then i then i then i then i then i then i then i then i
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: You carry a tin box and an iron key.
        Ada: You wear a gold ring.
        Ada: That is too much at once.
        """#,
        "chains": #"""
        > Ada: open chest then open tin box
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        Ada: You open the tin box.
        Ben: Ada opens the tin box.
        Cy: Ada opens the tin box.
        Ada: In it is a gold ring.
        > Ada: get ring from tin box in chest
        Ada: You take the gold ring out of the tin box.
        Ben: Ada takes the gold ring out of the tin box.
        Cy: Ada takes the gold ring out of the tin box.
        > Ada: put ring in box in chest
        Ada: You put the gold ring in the tin box.
        Ben: Ada puts the gold ring in the tin box.
        Cy: Ada puts the gold ring in the tin box.
        > Ada: look at ring in box
        Ada: You see nothing special about the gold ring.
        > Ada: x box in chest
        Ada: You see nothing special about the tin box.
        Ada: It is open.
        Ada: In it is a gold ring.
        > Ada: look at letter on table
        Ada: You see nothing special about the letter.
        Ada: There is something to read on it.
        > Ada: get letter on table
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        > Ada: put letter on box in chest
        Ada: You put the letter in the tin box.
        Ben: Ada puts the letter in the tin box.
        Cy: Ada puts the letter in the tin box.
        > Ada: put letter in box in chest
        Ada: You are not carrying the letter.
        > Ada: get letter and ring from box in chest
        Ada: You take the letter out of the tin box.
        Ben: Ada takes the letter out of the tin box.
        Cy: Ada takes the letter out of the tin box.
        Ada: You take the gold ring out of the tin box.
        Ben: Ada takes the gold ring out of the tin box.
        Cy: Ada takes the gold ring out of the tin box.
        > Ada: drop ring in chest
        Ada: There is no "ring" in the wooden chest.
        > Ada: x coin in chest
        Ada: There is no "coin" in the wooden chest.
        > Ada: get letter from ben
        Ada: There is no "letter" with Ben.
        """#,
        "ordinals": #"""
        (Ada stands in the Library)
        > Ada: look at second hat
        Ada: You see nothing special about the straw hat.
        > Ada: look at 2nd hat
        Ada: You see nothing special about the straw hat.
        > Ada: look at hat 2
        Ada: You see nothing special about the straw hat.
        > Ada: look at 2.hat
        Ada: You see nothing special about the straw hat.
        > Ada: look at last hat
        Ada: You see nothing special about the straw hat.
        > Ada: look at the first hat
        Ada: You see nothing special about the felt hat.
        > Ada: look at 3rd hat
        Ada: There are only two of those here.
        > Ada: get hat
        Ada: Which do you mean: the felt hat or the straw hat?
        > Ada: the second one
        Ada: You take the straw hat.
        > Ada: drop hat
        Ada: You drop the straw hat.
        > Ada: get hat
        Ada: Which do you mean: the felt hat or the straw hat?
        > Ada: last
        Ada: You take the straw hat.
        """#,
        "owners": #"""
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ben: get oil lamp
        Ben: You take the oil lamp.
        Ada: Ben takes the oil lamp.
        Cy: Ben takes the oil lamp.
        > Ada: look at my lamp
        Ada: You see nothing special about the brass lamp.
        > Ada: look at ben
        Ada: There is nothing remarkable about Ben yet.
        Ada: He carries an oil lamp.
        > Ada: look at his lamp
        Ada: You see nothing special about the oil lamp.
        > Ada: get his lamp
        Ada: Ben has that.
        > Ben: look at my key
        Ben: You see nothing special about the iron key.
        > Ben: x ada
        Ben: There is nothing remarkable about Ada yet.
        Ben: She carries a brass lamp.
        > Ben: x her lamp
        Ben: You see nothing special about the brass lamp.
        """#,
        "adverbs": #"""
        > Ada: carefully get brass lamp
        Ada: You carefully take the brass lamp.
        Ben: Ada carefully takes the brass lamp.
        Cy: Ada carefully takes the brass lamp.
        > Ada: put lamp on table gently
        Ada: You gently put the brass lamp on the table.
        Ben: Ada gently puts the brass lamp on the table.
        Cy: Ada gently puts the brass lamp on the table.
        > Ada: slowly open chest
        Ada: You slowly open the wooden chest.
        Ben: Ada slowly opens the wooden chest.
        Cy: Ada slowly opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: quietly go east
        Ben: Ada quietly leaves east.
        Cy: Ada quietly leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: go west quickly
        Ben: Ada arrives from the east.
        Cy: Ada arrives from the east.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, an oil lamp and three copper coins here.
        Ada: In the wooden chest is a tin box.
        Ada: On the table you see a letter and a brass lamp.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: quietly e
        Ben: Ada quietly leaves east.
        Cy: Ada quietly leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: sadly look
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        """#,
        "supplied": #"""
        > Ada: get iron key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: unlock oak door
        Ada: (with the iron key)
        Ada: You unlock the oak door with the iron key.
        Ben: Ada unlocks the oak door with the iron key.
        Cy: Ada unlocks the oak door with the iron key.
        > Ada: lock oak door with key
        Ada: You lock the oak door with the iron key.
        Ben: Ada locks the oak door with the iron key.
        Cy: Ada locks the oak door with the iron key.
        > Ada: give key
        Ada: You have to say to whom.
        (Cy stands in the Library)
        > Ada: give key
        Ada: (to Ben)
        Ada: You give the iron key to Ben.
        Ben: Ada gives the iron key to you.
        > Ben: why can't I unlock oak door
        Ben: The oak door is here.
        Ben: So nothing stands in the way of "unlock oak door".
        """#,
        "quotations": #"""
        > Ada: get "brass lamp"
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: put "brass lamp" on "table"
        Ada: You put the brass lamp on the table.
        Ben: Ada puts the brass lamp on the table.
        Cy: Ada puts the brass lamp on the table.
        > Ada: x "brass"
        Ada: You see nothing special about the brass lamp.
        > Ada: say "Hello," said the fox, "and goodbye."
        Ada: You say, "'Hello,' said the fox, 'and goodbye.'"
        Ben: Ada says, "'Hello,' said the fox, 'and goodbye.'"
        Cy: Ada says, "'Hello,' said the fox, 'and goodbye.'"
        > Ada: get "
        Ada: You see no """ here.
        > Ada: get ""
        Ada: You see no """" here.
        """#,
        "near words": #"""
        > Ada: get lampp
        Ada: You see no "lampp" here. Did you mean lamp?
        > Ada: get oli lamp
        Ada: You see no "oli lamp" here. Did you mean oil?
        > Ada: drop colns
        Ada: You have no "colns". Did you mean coins?
        > Ada: open chset
        Ada: You see no "chset" here. Did you mean chest?
        > Ada: get zz
        Ada: You see no "zz" here.
        > Ada: x tabel
        Ada: You see no "tabel" here. Did you mean table?
        """#,
        "aliases": #"""
        > Ada: alias
        Ada: You have no aliases. Make one with alias NAME COMMAND.
        > Ada: alias gl get brass lamp then light it
        Ada: The alias gl now stands for get brass lamp then light it.
        > Ada: gl
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You light the brass lamp.
        Ben: Ada lights the brass lamp.
        Cy: Ada lights the brass lamp.
        > Ada: alias hug emote hugs $* tightly.
        Ada: The alias hug now stands for emote hugs $* tightly..
        > Ada: hug Ben
        Ada: Ada hugs Ben tightly.
        Ben: Ada hugs Ben tightly.
        Cy: Ada hugs Ben tightly.
        > Ada: alias gl
        Ada: The alias gl stands for get brass lamp then light it.
        > Ada: alias
        Ada: Your aliases
        Ada: - gl: get brass lamp then light it
        Ada: - hug: emote hugs $* tightly.
        > Ada: alias get drop
        Ada: There is a command get already.
        > Ada: alias n*n drop
        Ada: A name is made of letters and digits, 20 at most.
        > Ada: alias xx
        Ada: You have no alias "xx".
        > Ada: unalias gl
        Ada: The alias gl is forgotten.
        > Ada: gl
        Ada: There is no verb "gl". Type commands for a list, or help.
        > Ada: unalias gl
        Ada: You have no alias "gl".
        > Ada: alias put2 put $* on table
        Ada: The alias put2 now stands for put $* on table.
        > Ada: put2 lamp
        Ada: You put the brass lamp on the table.
        Ben: Ada puts the brass lamp on the table.
        Cy: Ada puts the brass lamp on the table.
        """#,
        "oops": #"""
        > Ada: oops lamp
        Ada: There was no word that I did not understand.
        > Ada: egt brass lamp
        Ada: There is no verb "egt". Did you mean get?
        > Ada: oops get
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: oops get
        Ada: There was no word that I did not understand.
        > Ada: put brass lmap on table
        Ada: You have no "brass lmap". Did you mean lamp?
        > Ada: oops lamp
        Ada: You put the brass lamp on the table.
        Ben: Ada puts the brass lamp on the table.
        Cy: Ada puts the brass lamp on the table.
        > Ada: get oli lamp, iron key
        Ada: You see no "oli lamp" here. Did you mean oil?
        > Ada: oops oil
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: tell bne where are you?
        Ada: There is nobody called "bne".
        > Ada: oops ben
        Ada: You tell Ben, "where are you?"
        Ben: Ada tells you, "where are you?"
        > Ada: drop kye
        Ada: You have no "kye". Did you mean key?
        > Ada: oops iron key
        Ada: You drop the iron key.
        Ben: Ada drops the iron key.
        Cy: Ada drops the iron key.
        > Ada: oops
        Ada: Use it like this: oops WORD.
        """#,
        "possessives": #"""
        > Ada: get iron key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ben: look at ada's key
        Ben: You see nothing special about the iron key.
        > Ben: look at Ada’s iron key
        Ben: You see nothing special about the iron key.
        > Ben: get ada's key
        Ben: Ada has that.
        > Ben: look at cy's key
        Ben: You see no "cy's key" here.
        > Ben: look at ada's lamp
        Ben: You see no "ada's lamp" here.
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: get straw hat
        Ada: You take the straw hat.
        Ben: Ada takes the straw hat.
        > Ada: wear hat
        Ada: You put on the straw hat.
        Ben: Ada puts on the straw hat.
        > Ben: look at ada's hat
        Ben: You see nothing special about the straw hat.
        > Ben: get ada's hat
        Ben: Ada is wearing that.
        """#,
        "pronouns": #"""
        > Ada: look at ben
        Ada: There is nothing remarkable about Ben yet.
        > Ada: give it to him
        Ada: I am not sure what "it" is. Please name it.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: give it to him
        Ada: You give the brass lamp to Ben.
        Ben: Ada gives the brass lamp to you.
        Cy: Ada gives the brass lamp to Ben.
        > Ben: look at ada
        Ben: There is nothing remarkable about Ada yet.
        > Ben: give it to her
        Ben: I am not sure what "it" is. Please name it.
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
        > Ada: drop them
        Ada: You drop the copper coin.
        Ben: Ada drops the copper coin.
        Cy: Ada drops the copper coin.
        Ada: You drop the copper coin.
        Ben: Ada drops the copper coin.
        Cy: Ada drops the copper coin.
        Ada: You drop the copper coin.
        Ben: Ada drops the copper coin.
        Cy: Ada drops the copper coin.
        > Ada: get them
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: look at letter
        Ada: You see nothing special about the letter.
        Ada: There is something to read on it.
        > Ada: get him
        Ada: People are not for taking.
        (Ben stands in the Garden)
        > Ada: look at him
        Ada: Ben is not here any more.
        """#,
        "questions": #"""
        > Ada: look at lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: look at ben
        Ada: There is nothing remarkable about Ben yet.
        > Ada: brass
        Ada: There is no verb "brass". Type commands for a list, or help.
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: n
        Ada: The oak door is closed.
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: 3
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ben: get brass lamp
        Ben: You take the brass lamp.
        Ada: Ben takes the brass lamp.
        Cy: Ben takes the brass lamp.
        > Ada: brass lamp
        Ada: Ben has that.
        """#,
        "disk full": #"""
        (the disk is full)
        > Ada: get brass lamp
        Ada: The world cannot remember anything new just now, because the disk is full. Looking and talking still work; please try again in a moment.
        > Ada: look at letter
        Ada: You see nothing special about the letter.
        Ada: There is something to read on it.
        > Ada: say hello
        Ada: You say, "hello"
        Ben: Ada says, "hello"
        Cy: Ada says, "hello"
        > Ada: n
        Ada: The oak door is closed.
        (the disk has room)
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        """#,
    ]
}
