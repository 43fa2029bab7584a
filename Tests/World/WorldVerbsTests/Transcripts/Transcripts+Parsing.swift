extension Transcripts {
    static let parsing = [
        "unknown words": #"""
        > Ada: lok
        Ada: There is no verb "lok". Did you mean lock or look?
        > Ada: xyzzy
        Ada: There is no verb "xyzzy". Type commands for a list, or help.
        > Ada: gte lamp
        Ada: There is no verb "gte". Did you mean get?
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
        "oops": #"""
        > Ada: oops lamp
        Ada: There was no word that I did not understand.
        > Ada: gte brass lamp
        Ada: There is no verb "gte". Did you mean get?
        > Ada: oops get
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: oops get
        Ada: There was no word that I did not understand.
        > Ada: put brass lmap on table
        Ada: You have no "brass lmap".
        > Ada: oops lamp
        Ada: You put the brass lamp on the table.
        Ben: Ada puts the brass lamp on the table.
        Cy: Ada puts the brass lamp on the table.
        > Ada: get oli lamp, iron key
        Ada: You see no "oli lamp" here.
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
        Ada: You have no "kye".
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
