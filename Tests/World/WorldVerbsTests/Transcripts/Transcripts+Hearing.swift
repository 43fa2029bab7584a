extension Transcripts {
    /// Who hears whom: from afar, in secret, and not at all.
    static let hearing = [
        "whisper": #"""
        > Ada: whisper ben not so loud
        Ada: You whisper to Ben, "not so loud"
        Ben: Ada whispers to you, "not so loud"
        Cy: Ada whispers something to Ben.
        > Ada: whisper to cy and you too
        Ada: You whisper to Cy, "and you too"
        Cy: Ada whispers to you, "and you too"
        Ben: Ada whispers something to Cy.
        > Ada: whisper me hm
        Ada: You whisper to yourself, "hm"
        > Ada: whisper keeper hello
        Ada: You see no "keeper" here.
        > Ada: whisper ben
        Ada: Use it like this: whisper PERSON TEXT.
        (Ben stands in the Cellar)
        > Ada: whisper ben boo
        Ada: You see no "ben" here.
        (Ada stands in the Library)
        (Cy stands in the Library)
        > Ada: whisper keeper hello
        Ada: You whisper to the keeper, "hello"
        Cy: Ada whispers something to the keeper.
        Ada: The keeper says, "Good evening."
        Cy: The keeper says, "Good evening."
        """#,
        "whispering to several people": #"""
        > Ada: whisper ben, cy the key is there
        Ada: You whisper to Ben and Cy, "the key is there"
        Ben: Ada whispers to you and Cy, "the key is there"
        Cy: Ada whispers to you and Ben, "the key is there"
        > Ada: whisper to ben, c hello
        Ada: You whisper to Ben, "c hello"
        Ben: Ada whispers to you, "c hello"
        Cy: Ada whispers something to Ben.
        > Cy: ignore ada
        Cy: You ignore Ada from now on.
        > Ada: whisper ben and cy hi
        Ada: You whisper to Ben, "hi"
        Ben: Ada whispers to you, "hi"
        Cy: Ada whispers something to Ben.
        Ada: Cy does not take tells from you.
        (Ben stands in the Library)
        (Ada stands in the Library)
        > Ada: whisper keeper, ben hello
        Ada: You whisper to the keeper and Ben, "hello"
        Ben: Ada whispers to you and the keeper, "hello"
        Ada: The keeper says, "Good evening."
        Ben: The keeper says, "Good evening."
        """#,
        "shout": #"""
        > Ada: shout Is anybody here?
        Ada: You shout, "Is anybody here?"
        Ben: Ada shouts, "Is anybody here?"
        Cy: Ada shouts, "Is anybody here?"
        (Ben stands in the Library)
        (Cy stands in the Cellar)
        > Ada: yell Help
        Ada: You shout, "Help"
        Ben: From the west, you hear Ada shout, "Help"
        Cy: From above, you hear Ada shout, "Help"
        (Ada stands in the Cellar)
        > Ada: shout Here
        Ada: You shout, "Here"
        Cy: Someone shouts, "Here"
        Ben: From the west, some way off, you hear Ada shout, "Here"
        (Ada stands in the Garden)
        > Ada: shout Hello
        Ada: You shout, "Hello"
        > Ada: shout
        Ada: Use it like this: shout TEXT.
        """#,
        "away": #"""
        > Ben: away Making tea.
        Ben: You are away: Making tea. Type back when you are back.
        > Ada: tell ben psst
        Ada: You tell Ben, "psst"
        Ada: Ben is away: Making tea.
        Ben: Ada tells you, "psst"
        > Ada: who b
        Ada: Three people are here:
        Ada: - Ben, away
        > Ben: afk
        Ben: You are away. Type back when you are back.
        > Ada: tell ben psst
        Ada: You tell Ben, "psst"
        Ada: Ben is away.
        Ben: Ada tells you, "psst"
        """#,
        "back": #"""
        > Ben: back
        Ben: You are not away.
        > Ben: away
        Ben: You are away. Type back when you are back.
        > Ben: back
        Ben: You are back.
        > Ada: tell ben psst
        Ada: You tell Ben, "psst"
        Ben: Ada tells you, "psst"
        """#,
        "tells": #"""
        > Ada: tells
        Ada: Nobody has told you anything of late.
        > Ben: tell ada where are you?
        Ben: You tell Ada, "where are you?"
        Ada: Ben tells you, "where are you?"
        (Ada waits 5 minutes)
        > Ada: reply here
        Ada: You tell Ben, "here"
        Ben: Ada tells you, "here"
        > Ada: tells
        Ada: Told of late
        Ada: - 5 minutes ago: Ben tells you, "where are you?"
        Ada: - just now: You tell Ben, "here"
        > Ada: ignore ben
        Ada: You ignore Ben from now on.
        > Ada: tells
        Ada: Told of late
        Ada: - just now: You tell Ben, "here"
        """#,
        "ignore": #"""
        > Ben: ignore ada
        Ben: You ignore Ada from now on.
        > Ada: say hello
        Ada: You say, "hello"
        Cy: Ada says, "hello"
        > Ada: ben, hello
        Ada: You say to Ben, "hello"
        Cy: Ada says to Ben, "hello"
        > Ada: chat hello
        Ada: [chat] Ada: hello
        Cy: [chat] Ada: hello
        > Ada: emote waves
        Ada: Ada waves.
        Cy: Ada waves.
        > Ada: smile at ben
        Ada: You smile at Ben.
        Cy: Ada smiles at Ben.
        > Ada: shout hey
        Ada: You shout, "hey"
        Cy: Ada shouts, "hey"
        # What is done is seen.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: tell ben hi
        Ada: Ben does not take tells from you.
        > Ada: whisper ben hi
        Ada: Ben does not take tells from you.
        > Ben: tell ada hi
        Ben: You ignore Ada and would hear no answer. Type unignore ada first.
        > Ben: history chat
        Ben: There is nothing to read on chat.
        > Ben: ignore
        Ben: You ignore Ada.
        > Ben: ignore ada
        Ben: You ignore Ada already.
        > Ben: ignore me
        Ben: You cannot ignore yourself.
        > Ben: ignore dora
        Ben: There is nobody called "dora".
        (Cy is an admin)
        > Ben: ignore cy
        Ben: Cy helps to run the game and is heard by everybody.
        (Ada is an admin)
        > Ada: say hear me
        Ada: You say, "hear me"
        Ben: Ada says, "hear me"
        Cy: Ada says, "hear me"
        (Ada is away)
        > Ben: ignore ada
        Ben: Ada helps to run the game and is heard by everybody.
        (Ben stands in the Library)
        > Ben: ignore keeper
        Ben: Only players can be ignored, not the keeper.
        """#,
        "unignore": #"""
        > Ben: ignore
        Ben: You ignore nobody.
        > Ben: ignore ada
        Ben: You ignore Ada from now on.
        > Ben: unignore ada
        Ben: You hear Ada again.
        > Ada: say hello
        Ada: You say, "hello"
        Ben: Ada says, "hello"
        Cy: Ada says, "hello"
        > Ben: unignore Ada
        Ben: You ignore nobody called "Ada".
        > Ben: unignore
        Ben: Use it like this: unignore NAME.
        """#,
        "report": #"""
        > Ben: say You are all fools
        Ben: You say, "You are all fools"
        Ada: Ben says, "You are all fools"
        Cy: Ben says, "You are all fools"
        > Ada: report ben about calling us names
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        (Cy is an admin)
        > Ada: report ben he goes on
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ada reports Ben: he goes on (reports 2)
        > Ada: report me about nothing
        Ada: You cannot report yourself.
        (Ada stands in the Library)
        # Who only lives here is nobody to complain of.
        > Ada: say hello cat
        Ada: You say, "hello cat"
        > Ada: report cat about sleeping
        Ada: Nobody of the name "cat" plays here.
        > Ada: report keeper about answering
        Ada: Nobody of the name "keeper" plays here.
        > Ada: report dora about nothing
        Ada: There is nobody called "dora".
        > Ada: report ben
        Ada: Use it like this: report PERSON TEXT or report PERSON about TEXT.
        """#,
        "reports": #"""
        > Ada: reports
        Ada: There is no verb "reports". Did you mean report?
        (Cy is an admin)
        > Cy: reports
        Cy: There are no open reports.
        > Ben: chat fools
        Ada: [chat] Ben: fools
        Ben: [chat] Ben: fools
        Cy: [chat] Ben: fools
        (Ada waits 3 minutes)
        > Ada: chat who?
        Ada: [chat] Ada: who?
        Ben: [chat] Ada: who?
        Cy: [chat] Ada: who?
        > Ada: report ben about names
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ada reports Ben: names (reports 1)
        > Cy: reports
        Cy: Open reports
        Cy: - 1: Ada about Ben, just now: names
        > Cy: reports 1
        Cy: Report 1
        Cy: Ada about Ben, just now: names
        Cy: Made in: Hall
        Cy: Heard before, with who really said it:
        Cy: - 3 minutes ago, Ben: [chat] Ben: fools
        Cy: - just now, Ada: [chat] Ada: who?
        > Cy: reports 2
        Cy: There is no report 2.
        > Cy: reports close 1 spoke with both
        Cy: You close report 1, of Ada about Ben.
        > Cy: reports close 1 again
        Cy: That report is closed already.
        > Cy: reports
        Cy: There are no open reports.
        > Cy: reports 1
        Cy: Report 1
        Cy: Ada about Ben, just now: names
        Cy: Made in: Hall
        Cy: Closed by Cy, just now: spoke with both
        Cy: Heard before, with who really said it:
        Cy: - 3 minutes ago, Ben: [chat] Ben: fools
        Cy: - just now, Ada: [chat] Ada: who?
        """#,
        "closing reports": #"""
        (Cy is an admin)
        > Cy: reports close
        Cy: Say which reports and what became of them: reports close 3-5, 7 I spoke with both.
        > Cy: reports close 1 nothing in it
        Cy: There is no report 1.
        > Ada: report ben about one
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ada reports Ben: one (reports 1)
        > Ada: report ben about two
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ada reports Ben: two (reports 2)
        > Ada: report ben about three
        Ada: Your report about Ben is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ada reports Ben: three (reports 3)
        > Ben: report ada about four
        Ben: Your report about Ada is kept, and those who run the game are told. What you heard of late goes with it.
        Cy: Ben reports Ada: four (reports 4)
        > Cy: reports close 1
        Cy: Say which reports and what became of them: reports close 3-5, 7 I spoke with both.
        > Cy: reports close because
        Cy: Say which reports and what became of them: reports close 3-5, 7 I spoke with both.
        > Cy: reports close #2 and 3, no more to say
        Cy: You close two reports.
        > Cy: reports close 2-3 again
        Cy: There are no such open reports.
        > Cy: reports close all by dora
        Cy: There are no such open reports.
        > Cy: reports close all by ada enough of it
        Cy: You close report 1, of Ada about Ben.
        > Cy: reports close all by ben
        Cy: You close report 4, of Ben about Ada.
        > Cy: reports 4
        Cy: Report 4
        Cy: Ben about Ada, just now: four
        Cy: Made in: Hall
        Cy: Closed by Cy, just now.
        Cy: Nothing was heard in the minutes before.
        > Cy: reports sing
        Cy: There is no report sing.
        > Ada: reports close 1 me
        Ada: There is no verb "reports". Did you mean report?
        """#,
    ]
}
