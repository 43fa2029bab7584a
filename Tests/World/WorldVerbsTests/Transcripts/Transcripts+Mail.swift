extension Transcripts {
    static let mailing = [
        "mail": #"""
        > Ada: mail
        Ada: You have no mail.
        > Ada: mail folders
        Ada: You have no mail.
        > Ada: mail next
        Ada: You have no mail.
        > Ada: mail list sent
        Ada: There is no letter in Sent.
        > Ada: mail list plans
        Ada: You have no folder called "plans". mail folders lists them.
        > Ada: mail to ben about the lamp = Is it lit?
        Ada: You send a letter to Ben: "the lamp".
        Ben: You have new mail from Ada: "the lamp". mail 1 shows it.
        > Ben: mail
        Ben: Inbox
        Ben: There is one letter. One is unread.
        Ben: - 1, unread: "the lamp", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: mail 1
        Ben: Letter 1 in Inbox: the lamp
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: To Ben.
        Ben: Is it lit?
        > Ben: mail next
        Ben: You have no unread mail.
        > Ben: mail reply 1 = It is, "Ada".
        Ben: You send a letter to Ada: "Re: the lamp".
        Ada: You have new mail from Ben: "Re: the lamp". mail 1 shows it.
        > Ben: mail list
        Ben: Inbox
        Ben: There is one letter.
        Ben: - 1, answered: "the lamp", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: mail list sent
        Ben: Sent
        Ben: There is one letter.
        Ben: - 1: "Re: the lamp", to Ada, just now (14 November 2023, 22:13 UTC).
        > Ada: mail read 1
        Ada: Letter 1 in Inbox: Re: the lamp
        Ada: From Ben, just now (14 November 2023, 22:13 UTC).
        Ada: To Ada.
        Ada: It is, "Ada".
        > Ada: mail read 1 in sent
        Ada: Letter 1 in Sent: the lamp
        Ada: From Ada, just now (14 November 2023, 22:13 UTC).
        Ada: To Ben.
        Ada: Is it lit?
        > Ada: mail 2
        Ada: There is no letter 2 in Inbox.
        > Ada: mail read lamp
        Ada: Say which letter by its number, as in mail read 3 or mail read 3 in sent.
        > Ada: mail lamp
        Ada: Mail knows nothing about "lamp". help letters tells what it does.
        > Ada: mail ben hello
        Ada: To write to Ben, type mail to ben about SUBJECT = TEXT.
        > Ada: mail BEN, cy hello
        Ada: To write to Ben, type mail to ben about SUBJECT = TEXT.
        """#,
        "mail to": #"""
        (Cy is away)
        > Ada: mail to ben, cy and Ben about tea at 5 = Come, both of you.
        Ada: You send a letter to Ben and Cy: "tea at 5".
        Ben: You have new mail from Ada: "tea at 5". mail 1 shows it.
        (Cy is back)
        > Cy: mail
        Cy: Inbox
        Cy: There is one letter. One is unread.
        Cy: - 1, unread: "tea at 5", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ada: mail to me about shopping = Bread.
        Ada: You send a letter to Ada: "shopping".
        > Ada: mail to dora about tea = Come.
        Ada: There is nobody called "dora" to write to.
        > Ada: oops me
        Ada: You send a letter to Ada: "tea".
        > Ada: mail to about tea = Come.
        Ada: It goes to nobody yet. Say to whom with mail address NAME.
        > Ada: mail to ben = Hello.
        Ada: You send a letter to Ben: "no subject".
        Ben: You have new mail from Ada: "no subject". mail 2 shows it.
        > Ada: mail to ben about 1+1=2 = It is true.
        Ada: You send a letter to Ben: "1+1=2".
        Ben: You have new mail from Ada: "1+1=2". mail 3 shows it.
        > Ada: mail to
        Ada: Mail knows nothing about "to". help letters tells what it does.
        (Ben is a guest)
        > Ben: mail
        Ben: Guests cannot use mail. Leave with quit and make a character of your own.
        """#,
        "write": #"""
        > Ada: write Dear Ben,
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: mail send
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: mail to ben about the cellar
        Ada: You begin a letter to Ben: "the cellar".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .q
        Ada: You stop writing. The text is kept as draft 1; edit draft 1 goes on with it.
        > Ada: mail send
        Ada: There is nothing in it yet. Add something with write TEXT first.
        > Ada: write Dear Ben,
        Ada: Line 1 is written.
        > Ada: write
        Ada: Line 2 is empty.
        > Ada: write come down then bring a lamp.
        Ada: Line 3 is written.
        > Ada: mail write And a hat.
        Ada: Line 4 is written.
        > Ada: mail unwrite
        Ada: The last line is gone: "And a hat."
        > Ada: mail draft
        Ada: Draft 1: the cellar
        Ada: A draft.
        Ada: To Ben.
        Ada: Dear Ben,
        Ada: come down then bring a lamp.
        > Ada: mail subject the dark cellar
        Ada: The subject is "the dark cellar" now.
        > Ada: mail address cy and ben
        Ada: The letter goes to Cy and Ben.
        > Ada: mail address nobody
        Ada: There is nobody called "nobody" to write to.
        > Ada: mail drafts
        Ada: Drafts
        Ada: There is one draft.
        Ada: - 1: "the dark cellar", to Cy and Ben.
        > Ada: mail send
        Ada: You send a letter to Cy and Ben: "the dark cellar".
        Cy: You have new mail from Ada: "the dark cellar". mail 1 shows it.
        Ben: You have new mail from Ada: "the dark cellar". mail 1 shows it.
        > Ben: mail 1
        Ben: Letter 1 in Inbox: the dark cellar
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: To Cy and Ben.
        Ben: Dear Ben,
        Ben: come down then bring a lamp.
        > Ada: mail draft
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        (Ada is a guest)
        > Ada: write hello
        Ada: Guests cannot use write. Leave with quit and make a character of your own.
        """#,
        "mail drafts": #"""
        > Ada: mail to ben about one
        Ada: You begin a letter to Ben: "one".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .do mail draft about two
        Ada: You begin to write: "two".
        Ada: Each line you type is added to it. .q leaves the editor and keeps the draft, .h lists what else you can do.
        > Ada: .q
        Ada: You stop writing. The text is kept as draft 2; edit draft 2 goes on with it.
        > Ada: mail unwrite
        Ada: There is no line yet.
        > Ada: write hello
        Ada: Line 1 is written.
        > Ada: mail send
        Ada: It goes to nobody yet. Say to whom with mail address NAME.
        > Ada: mail draft 1
        Ada: You go on with draft 1: "one".
        > Ada: mail drop
        Ada: The draft "one" is gone.
        > Ada: mail drop
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: mail draft 1
        Ada: There is no draft 1.
        > Ada: mail draft x
        Ada: Say which draft by its number, as in mail draft 3.
        > Ada: mail draft 2
        Ada: You go on with draft 2: "two".
        > Ada: mail delete 2 in drafts
        Ada: You throw away the letter "two". It lies in the trash.
        > Ada: mail draft
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        """#,
        "mail attach": #"""
        > Ada: mail attach map = North.
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: mail to ben about the way
        Ada: You begin a letter to Ben: "the way".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .q
        Ada: You stop writing. The text is kept as draft 1; edit draft 1 goes on with it.
        > Ada: mail attach map = North, then down.
        Ada: You attach "map" to the letter.
        > Ada: mail attach Map = Again.
        Ada: The letter has an attachment called "Map" already.
        > Ada: mail attach map
        Ada: Use it like this: mail attach NAME = TEXT or mail attach NAME from THING.
        > Ada: mail attach copy from letter
        Ada: You are not carrying the letter.
        > Ada: get letter
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        > Ada: mail attach copy from letter
        Ada: You attach "copy" to the letter.
        > Ada: mail attach extra = Nothing.
        Ada: You attach "extra" to the letter.
        > Ada: mail detach extra
        Ada: The attachment "extra" is gone.
        > Ada: mail detach extra
        Ada: The letter has no attachment "extra".
        > Ada: mail send
        Ada: You send a letter to Ben: "the way".
        Ben: You have new mail from Ada: "the way". mail 1 shows it.
        > Ben: mail 1
        Ben: Letter 1 in Inbox: the way
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: To Ben.
        Ben: Attachments: "map" and "copy".
        Ben: There is no text.
        > Ben: mail show 1
        Ben: Say which attachment: "map" or "copy".
        > Ben: mail show 1 attachment key
        Ben: That letter has no attachment "key", but "map" or "copy".
        > Ben: mail show 1 attachment copy
        Ben: copy
        Ben: Meet me in the garden.
        > Ben: mail forward 1 to cy = Look at this.
        Ben: You send a letter to Cy: "Fwd: the way".
        Cy: You have new mail from Ben: "Fwd: the way". mail 1 shows it.
        > Cy: mail 1
        Cy: Letter 1 in Inbox: Fwd: the way
        Cy: From Ben, just now (14 November 2023, 22:13 UTC).
        Cy: To Cy.
        Cy: Attachments: "map" and "copy".
        Cy: Look at this.
        Cy: Forwarded from Ada, 14 November 2023, 22:13 UTC: the way
        > Cy: mail show 1 attachment map
        Cy: map
        Cy: North, then down.
        > Ben: mail forward 1
        Ben: Use it like this: mail forward NUMBER to NAME.
        """#,
        "mail filing": #"""
        > Ada: mail to ben about one = 1
        Ada: You send a letter to Ben: "one".
        Ben: You have new mail from Ada: "one". mail 1 shows it.
        > Ada: mail to ben about two = 2
        Ada: You send a letter to Ben: "two".
        Ben: You have new mail from Ada: "two". mail 2 shows it.
        > Ada: mail to ben about three = 3
        Ada: You send a letter to Ben: "three".
        Ben: You have new mail from Ada: "three". mail 3 shows it.
        > Ben: mail read 1 and 3
        Ben: You can do that with one letter at a time.
        > Ben: mail folder create Plans
        Ben: You make a folder called "Plans".
        > Ben: mail folder create plans
        Ben: There is a folder called "Plans" already.
        > Ben: mail folder create inbox
        Ben: There is a folder called "Inbox" already.
        > Ben: mail move 2 to plans
        Ben: Letter 2 is letter 1 in Plans now.
        > Ben: mail move 1 in plans to plans
        Ben: That is where it lies already.
        > Ben: mail move 1
        Ben: Use it like this: mail move NUMBER to FOLDER.
        > Ben: mail move 1 to drafts
        Ben: Only what was not sent yet can lie among the drafts.
        > Ben: mail folder remove plans
        Ben: There are still letters in "Plans". Move or delete them first.
        > Ben: mail folder remove inbox
        Ben: Inbox is a folder that everybody has, so it stays.
        > Ben: mail flag 3
        Ben: Letter 3 is flagged.
        > Ben: mail list
        Ben: Inbox
        Ben: There are 2 letters. 2 are unread.
        Ben: - 1, unread: "one", from Ada, just now (14 November 2023, 22:13 UTC).
        Ben: - 3, unread, flagged: "three", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: mail unflag 3
        Ben: Letter 3 is not flagged any more.
        > Ben: mail next
        Ben: Letter 1 in Inbox: one
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: To Ben.
        Ben: 1
        > Ben: mail unread 1
        Ben: Letter 1 counts as unread.
        > Ben: mail delete 1 in plans
        Ben: You throw away the letter "two". It lies in the trash.
        > Ben: mail folder remove plans
        Ben: The folder "Plans" is gone.
        > Ben: mail delete all
        Ben: You throw away 2 letters. They lie in the trash.
        > Ben: mail folders
        Ben: Folders
        Ben: - Inbox: empty.
        Ben: - Trash: 3 letters, 3 unread.
        Ben: Your mailbox holds 3 of at most 1000 letters.
        > Ben: mail
        Ben: There is no letter in Inbox.
        > Ben: mail delete 1 in trash
        Ben: The letter is gone for good.
        > Ben: mail search three
        Ben: Letters found
        Ben: - 3 in Trash: "three", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: mail search moon
        Ben: No letter has "moon" in it.
        > Ben: mail empty
        Ben: The trash is empty: 2 letters are gone for good.
        > Ben: mail empty
        Ben: There is nothing in the trash.
        > Ada: mail list sent before 3
        Ada: Sent
        Ada: There are 3 letters.
        Ada: - 1: "one", to Ben, just now (14 November 2023, 22:13 UTC).
        Ada: - 2: "two", to Ben, just now (14 November 2023, 22:13 UTC).
        """#,
        "board": #"""
        > Ada: board
        Ada: There is no board here.
        (the Hall has a notice board)
        > Ada: board
        Ada: There is no note on the notice board.
        > Ada: post Lost = My hat.
        Ada: You pin a note to the notice board: "Lost".
        Ben: Ada pins a note to the notice board: "Lost".
        Cy: Ada pins a note to the notice board: "Lost".
        > Ben: read notice board
        Ben: Notice board
        Ben: There is one note. One is unread.
        Ben: - 1, unread: "Lost", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: board 1
        Ben: Note 1 on the notice board: Lost
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: My hat.
        > Ben: board reply 1 = It is in the library.
        Ben: You pin a note to the notice board: "Re: Lost".
        Ada: Ben pins a note to the notice board: "Re: Lost".
        Cy: Ben pins a note to the notice board: "Re: Lost".
        > Ada: board
        Ada: Notice board
        Ada: There are 2 notes. One is unread.
        Ada: - 1: "Lost", from Ada, just now (14 November 2023, 22:13 UTC).
        Ada: - 2, unread: "Re: Lost", from Ben, in answer to 1, just now (14 November 2023, 22:13 UTC).
        > Ada: board next
        Ada: Note 2 on the notice board: Re: Lost
        Ada: From Ben, just now (14 November 2023, 22:13 UTC).
        Ada: It is in the library.
        > Ada: board next
        Ada: You have read every note on the notice board.
        > Cy: read 2 on board
        Cy: Note 2 on the notice board: Re: Lost
        Cy: From Ben, just now (14 November 2023, 22:13 UTC).
        Cy: It is in the library.
        > Cy: read 2 on table
        Cy: There are no notes on the table.
        > Cy: board before 2
        Cy: Notice board
        Cy: There are 2 notes. One is unread.
        Cy: - 1, unread: "Lost", from Ada, just now (14 November 2023, 22:13 UTC).
        > Cy: board remove 1
        Cy: You may not moderate the notice board. It takes at least the role admin.
        > Cy: board 9
        Cy: There is no note 9 on the notice board.
        > Cy: board before noon
        Cy: Use it like this: board before NUMBER.
        > Cy: board reply 1
        Cy: You begin a note for the notice board: "Re: Lost".
        Cy: Each line you type is added to it. .x pins it, .q leaves it as a draft, .h lists what else you can do.
        > Cy: .q
        Cy: You stop writing; nothing has changed.
        > Ben: board remove 2
        Ben: You take a note off the notice board: "Re: Lost".
        Ada: Ben takes a note off the notice board: "Re: Lost".
        Cy: Ben takes a note off the notice board: "Re: Lost".
        (Cy is an admin)
        > Cy: board remove 1 on notice board
        Cy: You take a note off the notice board: "Lost".
        Ada: Cy takes a note off the notice board: "Lost".
        Ben: Cy takes a note off the notice board: "Lost".
        > Ada: post Found = Nothing.
        Ada: You pin a note to the notice board: "Found".
        Ben: Ada pins a note to the notice board: "Found".
        Cy: Ada pins a note to the notice board: "Found".
        > Ada: board 3
        Ada: Note 3 on the notice board: Found
        Ada: From Ada, just now (14 November 2023, 22:13 UTC).
        Ada: Nothing.
        > Ada: look at notice board
        Ada: You see nothing special about the notice board.
        Ada: There is something to read on it.
        (the Cellar has a slate board)
        (Ada stands in the Cellar)
        > Ada: board
        Ada: It is too dark to see that.
        """#,
        "post": #"""
        > Ada: post Lost = My hat.
        Ada: There is no board here.
        (the Hall has a notice board)
        (the Hall has a slate board)
        > Ada: post Lost = My hat.
        Ada: Say which one with on NAME: the notice board or the slate board.
        > Ada: post on slate board: Lost = My hat.
        Ada: You pin a note to the slate board: "Lost".
        Ben: Ada pins a note to the slate board: "Lost".
        Cy: Ada pins a note to the slate board: "Lost".
        > Ben: board on slate board
        Ben: Slate board
        Ben: There is one note. One is unread.
        Ben: - 1, unread: "Lost", from Ada, just now (14 November 2023, 22:13 UTC).
        > Ben: board 1 on the slate board
        Ben: Note 1 on the slate board: Lost
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: My hat.
        > Ben: board on paper board
        Ben: There is no board "paper board" here.
        > Ada: post on slate board: Lost
        Ada: You begin a note for the slate board: "Lost".
        Ada: Each line you type is added to it. .x pins it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .q
        Ada: You stop writing; nothing has changed.
        > Ada: post on slate board: = My hat.
        Ada: Use it like this: post SUBJECT = TEXT, or post SUBJECT for a note of several lines.
        > Ada: post draft on slate board
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: mail draft about Rules
        Ada: You begin to write: "Rules".
        Ada: Each line you type is added to it. .q leaves the editor and keeps the draft, .h lists what else you can do.
        > Ada: .q
        Ada: You stop writing. The text is kept as draft 2; edit draft 2 goes on with it.
        > Ada: post draft on slate board
        Ada: There is nothing in it yet. Add something with write TEXT first.
        > Ada: write Wipe your boots.
        Ada: Line 1 is written.
        > Ada: write Shut the door.
        Ada: Line 2 is written.
        > Ada: post draft on slate board
        Ada: You pin a note to the slate board: "Rules".
        Ben: Ada pins a note to the slate board: "Rules".
        Cy: Ada pins a note to the slate board: "Rules".
        > Ben: board next on slate board
        Ben: Note 2 on the slate board: Rules
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: Wipe your boots.
        Ben: Shut the door.
        > Ada: mail drafts
        Ada: There is no letter in Drafts.
        (Ben is a guest)
        > Ben: post on slate board: Hello = Hi.
        Ben: Guests cannot use post. Leave with quit and make a character of your own.
        """#,
    ]
}
