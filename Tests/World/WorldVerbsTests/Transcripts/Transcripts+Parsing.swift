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
        "pronouns": #"""
        > Ada: look at ben
        Ada: There is nothing remarkable about them yet.
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
        Ben: There is nothing remarkable about them yet.
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
        Ada: There is nothing remarkable about them yet.
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
        Ada: The world cannot remember anything new just now, because its disk is full. Looking and talking still work; please try again in a moment.
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
