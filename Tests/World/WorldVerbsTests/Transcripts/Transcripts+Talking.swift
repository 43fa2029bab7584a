extension Transcripts {
    static let talking = [
        "say": #"""
        > Ada: say Hello there.
        Ada: You say, "Hello there."
        Ben: Ada says, "Hello there."
        Cy: Ada says, "Hello there."
        > Ben: 'Good evening, all
        Ben: You say, "Good evening, all"
        Ada: Ben says, "Good evening, all"
        Cy: Ben says, "Good evening, all"
        > Ada: say
        Ada: Use it like this: say TEXT or 'TEXT.
        > Ada: "quoted
        Ada: You say, "quoted"
        Ben: Ada says, "quoted"
        Cy: Ada says, "quoted"
        (Cy stands in the Library)
        (Ada stands in the Library)
        > Ada: say which lamp is best?
        Ada: You say, "which lamp is best?"
        Cy: Ada says, "which lamp is best?"
        Cy: The keeper says, "The brass one is the better."
        Ada: The keeper says, "The brass one is the better."
        > Ada: say No." Ben tells you, "come
        Ada: You say, "No.' Ben tells you, 'come"
        Cy: Ada says, "No.' Ben tells you, 'come"
        > Ada: say nice garden
        Ada: You say, "nice garden"
        Cy: Ada says, "nice garden"
        Cy: The keeper looks north.
        Ada: The keeper looks north.
        > Ada: say hello keeper
        Ada: You say, "hello keeper"
        Cy: Ada says, "hello keeper"
        Cy: The keeper says, "Good evening."
        Ada: The keeper says, "Good evening."
        > Ada: say what
        Ada: You say, "what"
        Cy: Ada says, "what"
        (Ada stands in the Cellar)
        (Cy stands in the Cellar)
        > Ada: say dark
        Ada: You say, "dark"
        Cy: Someone says, "dark"
        """#,
        "speaking to somebody": #"""
        > Ada: ben, come along!
        Ada: You say to Ben, "come along!"
        Ben: Ada says to you, "come along!"
        Cy: Ada says to Ben, "come along!"
        > Ada: keeper, hello
        Ada: There is no verb "keeper". Type commands for a list, or help.
        (Ada stands in the Library)
        (Cy stands in the Library)
        > Ada: keeper, hello
        Ada: You say to the keeper, "hello"
        Cy: Ada says to the keeper, "hello"
        Ada: The keeper says, "Good evening."
        Cy: The keeper says, "Good evening."
        > Ada: the keeper, give me the lamp
        Ada: You say to the keeper, "give me the lamp"
        Cy: Ada says to the keeper, "give me the lamp"
        Ada: The keeper says, "The brass one is the better."
        Cy: The keeper says, "The brass one is the better."
        > Ada: Keeper, give me the moon
        Ada: You say to the keeper, "give me the moon"
        Cy: Ada says to the keeper, "give me the moon"
        Ada: The keeper says, "I would not know."
        Cy: The keeper says, "I would not know."
        > Ada: cat, sit
        Ada: You say to the cat, "sit"
        Cy: Ada says to the cat, "sit"
        Ada: The cat does not answer.
        Cy: The cat does not answer.
        > Ada: look at her
        Ada: She has seen worse days, and better.
        > Ada: ada, wake up
        Ada: You tell yourself, "wake up"
        > Ada: get felt hat, tiny key
        Ada: You take the felt hat.
        Cy: Ada takes the felt hat.
        Ada: You take the tiny key.
        Cy: Ada takes the tiny key.
        (Ada stands in the Cellar)
        > Ada: keeper, are you here?
        Ada: There is no verb "keeper". Type commands for a list, or help.
        """#,
        "tell": #"""
        > Ada: tell ben psst
        Ada: You tell Ben, "psst"
        Ben: Ada tells you, "psst"
        > Ada: tell be psst, quiet
        Ada: You tell Ben, "psst, quiet"
        Ben: Ada tells you, "psst, quiet"
        > Ada: tell keeper hello
        Ada: There is nobody called "keeper".
        > Ada: tell dora hi
        Ada: There is nobody called "dora".
        > Ada: tell me hi
        Ada: You tell yourself, "hi"
        > Ada: tell ben
        Ada: Use it like this: tell NAME TEXT.
        > Ada: tell
        Ada: Use it like this: tell NAME TEXT.
        (Ben is away)
        > Ada: tell ben hi
        Ada: Ben is away and will be told on coming back: "hi"
        (Ben stands in the Cellar)
        > Ada: tell be hi
        Ada: There is nobody called "be".
        > Ada: tell Otto hi
        Ada: There is nobody called "Otto".
        (Ben stands in the Hall)
        (Ada is a guest)
        > Ada: tell ben hi
        Ada: Ben is not connected, and guests cannot leave word.
        (Ada is a player)
        (Ben is back)
        (Ben stands in the Cellar)
        > Ada: tell ben boo
        Ada: You tell Ben, "boo"
        Ben: Ada tells you, "boo"
        > Ada: tell a moo
        Ada: You tell yourself, "moo"
        (Ada stands in the Library)
        > Ada: tell keeper hello
        Ada: You say to the keeper, "hello"
        Ada: The keeper says, "Good evening."
        """#,
        "telling several people": #"""
        > Ada: tell ben, cy hello
        Ada: You tell Ben and Cy, "hello"
        Ben: Ada tells you and Cy, "hello"
        Cy: Ada tells you and Ben, "hello"
        > Ada: tell be and cy, come, and hurry
        Ada: You tell Ben and Cy, "come, and hurry"
        Ben: Ada tells you and Cy, "come, and hurry"
        Cy: Ada tells you and Ben, "come, and hurry"
        > Ada: tell ben, cy, and ben, and hurry
        Ada: You tell Ben and Cy, "and hurry"
        Ben: Ada tells you and Cy, "and hurry"
        Cy: Ada tells you and Ben, "and hurry"
        # The first word of what is said, and no name.
        > Ada: tell ben, c hello
        Ada: You tell Ben, "c hello"
        Ben: Ada tells you, "c hello"
        > Ada: tell ben, cy
        Ada: You tell Ben, "cy"
        Ben: Ada tells you, "cy"
        > Ada: tell ben, cy,
        Ada: You tell Ben, "cy,"
        Ben: Ada tells you, "cy,"
        > Ada: tell ben and hurry
        Ada: You tell Ben, "and hurry"
        Ben: Ada tells you, "and hurry"
        > Ada: tell ben, ada is here
        Ada: You tell Ben, "ada is here"
        Ben: Ada tells you, "ada is here"
        > Ada: tell me, ben hm
        Ada: You tell Ben, "hm"
        Ben: Ada tells you, "hm"
        > Cy: reply me too
        Cy: You tell Ada, "me too"
        Ada: Cy tells you, "me too"
        > Ada: tell dora, ben hi
        Ada: There is nobody called "dora".
        (Cy is away)
        > Ada: tell ben, cy hi
        Ada: You tell Ben, "hi"
        Ben: Ada tells you, "hi"
        Ada: Cy is away and will be told on coming back: "hi"
        (Cy is back)
        > Cy: ignore ada
        Cy: You ignore Ada from now on.
        > Ada: tell ben, cy hi
        Ada: You tell Ben, "hi"
        Ben: Ada tells you, "hi"
        Ada: Cy does not take tells from you.
        """#,
        "reply": #"""
        > Ada: reply hello
        Ada: Nobody has told you anything yet.
        > Ben: tell ada where?
        Ben: You tell Ada, "where?"
        Ada: Ben tells you, "where?"
        > Ada: reply here
        Ada: You tell Ben, "here"
        Ben: Ada tells you, "here"
        > Ada: r there
        Ada: You tell Ben, "there"
        Ben: Ada tells you, "there"
        > Ada: reply
        Ada: Use it like this: reply TEXT.
        (Ben is away)
        > Ada: reply still?
        Ada: Ben is away and will be told on coming back: "still?"
        """#,
        "emote": #"""
        > Ada: emote waves
        Ada: Ada waves.
        Ben: Ada waves.
        Cy: Ada waves.
        > Ben: :waves at Ada.
        Ben: Ben waves at Ada.
        Ada: Ben waves at Ada.
        Cy: Ben waves at Ada.
        > Cy: :'s hat falls off
        Cy: Cy's hat falls off.
        Ada: Cy's hat falls off.
        Ben: Cy's hat falls off.
        > Ada: emote
        Ada: Use it like this: emote TEXT or :TEXT.
        > Ada: pose thinks!
        Ada: Ada thinks!
        Ben: Ada thinks!
        Cy: Ada thinks!
        (Ada stands in the Cellar)
        (Ben stands in the Cellar)
        > Ada: :sneezes
        Ada: Ada sneezes.
        Ben: Someone sneezes.
        """#,
        "ask": #"""
        > Ada: ask keeper about lamp
        Ada: You see no "keeper" here.
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: ask keeper about lamp
        Ada: You ask the keeper about lamp.
        Ben: Ada asks the keeper about lamp.
        Ada: The keeper says, "The brass one is the better."
        Ben: The keeper says, "The brass one is the better."
        > Ada: ask the keeper about the garden
        Ada: You ask the keeper about the garden.
        Ben: Ada asks the keeper about the garden.
        Ada: The keeper looks north.
        Ben: The keeper looks north.
        > Ada: ask keeper about cheese
        Ada: You ask the keeper about cheese.
        Ben: Ada asks the keeper about cheese.
        Ada: The keeper says, "I would not know."
        Ben: The keeper says, "I would not know."
        > Ada: ask cat about mice
        Ada: You ask the cat about mice.
        Ben: Ada asks the cat about mice.
        Ada: The cat does not answer.
        Ben: The cat does not answer.
        > Ada: ask ben about lamp
        Ada: Ben speaks for himself: use say or tell.
        > Ada: ask me about lamp
        Ada: You should know that yourself.
        > Ada: ask case about lamp
        Ada: You can only do that with a person, not with the glass case.
        > Ada: ask keeper
        Ada: Use it like this: ask PERSON about TOPIC.
        > Ada: ask keeper, about lamps
        Ada: You ask the keeper about lamps.
        Ben: Ada asks the keeper about lamps.
        Ada: The keeper says, "The brass one is the better."
        Ben: The keeper says, "The brass one is the better."
        """#,
    ]
}
