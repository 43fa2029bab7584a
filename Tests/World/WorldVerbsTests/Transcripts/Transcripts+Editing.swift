extension Transcripts {
    static let editing = [
        "edit": #"""
        > Ada: edit
        Ada: You are not writing anything. Begin a letter with mail to NAME about SUBJECT, or a note with mail draft about SUBJECT.
        > Ada: edit me
        Ada: You begin to write: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: A tall woman
        > Ada:   in a patched coat.
        # What others say arrives meanwhile.
        > Ben: say Hello!
        Ada: Ben says, "Hello!"
        Ben: You say, "Hello!"
        Cy: Ben says, "Hello!"
        > Ada: .p
        Ada: A tall woman in a patched coat.
        > Ben: look at ada
        Ben: There is nothing remarkable about Ada yet.
        > Ada: .x
        Ada: Others see you now as: A tall woman in a patched coat.
        > Ben: look at ada
        Ben: A tall woman in a patched coat.
        > Ada: mail drafts
        Ada: There is no letter in Drafts.
        # What is there already is what one begins with.
        > Ada: edit me
        Ada: You change what is there: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        > Ada: .q
        Ada: You stop writing; nothing has changed.
        > Ada: edit plan
        Ada: You begin to write: "Plan".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: Here on most evenings.
        > Ada: .p
        Ada: Plan: Here on most evenings.
        > Ada: .q
        Ada: You have written one line.
        Ada: Type .q once more to leave and keep it as a draft, .drop to throw it away, .x to be done with it, or no to go on.
        > Ada: no
        Ada: You go on writing.
        > Ada: .q
        Ada: You have written one line.
        Ada: Type .q once more to leave and keep it as a draft, .drop to throw it away, .x to be done with it, or no to go on.
        > Ada: .q
        Ada: You stop writing. The text is kept as draft 3; edit draft 3 goes on with it.
        > Ada: edit plan
        Ada: You go on with draft 3: "Plan".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        > Ada: .x
        Ada: Your plan is now: Here on most evenings.
        > Ada: edit chest
        Ada: You may not describe the wooden chest. It takes at least the role builder.
        > Ada: edit ben
        Ada: You may not describe Ben. It is for the owner.
        (Ada is a builder)
        > Ada: edit here
        Ada: You change what is there: "Description of Hall".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        > Ada: .r 1 A low hall.
        Ada: The line is written anew.
        > Ada: .x
        Ada: The Hall is described now as: A low hall.
        # An empty text takes away what was there, and can be thrown away as well.
        > Ada: edit me
        Ada: You change what is there: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        > Ada: .d 1
        Ada: One line is deleted.
        > Ada: .cancel
        Ada: Really throw this text away? Type .drop once more, or no.
        > Ada: no
        Ada: You go on writing.
        > Ada: .q
        Ada: You have deleted every line.
        Ada: Type .q once more to leave and keep it as a draft, .drop to throw it away, .x to be done with it, or no to go on.
        > Ada: .drop
        Ada: You stop writing; the text is thrown away.
        > Ben: look at ada
        Ben: A tall woman in a patched coat.
        > Ada: edit me
        Ada: You change what is there: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        > Ada: .d 1
        Ada: One line is deleted.
        > Ada: .x
        Ada: You have no description any more.
        > Ben: look at ada
        Ben: There is nothing remarkable about Ada yet.
        > Ada: edit me
        Ada: You begin to write: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .x
        Ada: Nothing is written yet. .q leaves the editor.
        > Ada: A short woman.
        > Ada: .drop
        Ada: Really throw this text away? Type .drop once more, or no.
        > Ada: .drop
        Ada: You stop writing; the text is thrown away.
        > Ada: edit me
        Ada: You begin to write: "Description of Ada".
        Ada: Each line you type is added to it. With .x others read it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .drop
        Ada: You stop writing; the text is thrown away.
        (Ada is a guest)
        > Ada: edit me
        Ada: Guests cannot use edit. Leave with quit and make a character of your own.
        """#,
        "editing a letter": #"""
        > Ada: mail to ben about tea
        Ada: You begin a letter to Ben: "tea".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .x
        Ada: Nothing is written yet. .q leaves the editor.
        > Ada: .l
        Ada: There is no line yet.
        > Ada: .d 1
        Ada: There is no line yet.
        > Ada: .c
        Ada: There is no line yet.
        > Ada: .u
        Ada: There is nothing to take back.
        > Ada: .p
        Ada: There is no line yet.
        > Ada: Dear Ben,
        > Ada: come at five then bring a cake.
        > Ada: ..x is no command here
        > Ada: ...and a spoon
        > Ada: .5 litres of milk
        > Ada: .l
        Ada: 1: Dear Ben,
        Ada: 2: come at five then bring a cake.
        Ada: 3: .x is no command here
        Ada: 4: ...and a spoon
        Ada: 5: .5 litres of milk
        > Ada: .l 2
        Ada: 2: come at five then bring a cake.
        > Ada: .list 2-3
        Ada: 2: come at five then bring a cake.
        Ada: 3: .x is no command here
        > Ada: .l 3-2
        Ada: The first of two numbers has to be the smaller one.
        > Ada: .l 9
        Ada: There is no line 9; there are 5 lines.
        > Ada: .l 99999999999999999999
        Ada: There is no such line.
        > Ada: .l two
        Ada: Use it like this: .l 3-5.
        > Ada: .d 3-4
        Ada: 2 lines are deleted.
        > Ada: .delete last
        Ada: One line is deleted.
        > Ada: .d
        Ada: Use it like this: .d 3-5.
        > Ada: .i 2 I hope you are well.
        Ada: The line is put there.
        > Ada: .i 7 too far
        Ada: There is no line 7; there are 3 lines.
        > Ada: .i nothing
        Ada: Use it like this: .i 3 TEXT.
        > Ada: .r 1 Dearest Ben,
        Ada: The line is written anew.
        > Ada: .r
        Ada: Use it like this: .r 3 TEXT.
        > Ada: .s /five/six/
        Ada: "five" is changed once.
        > Ada: .s 2-3 |e|E
        Ada: "e" is changed 6 times.
        > Ada: .u
        Ada: The last change is taken back. There are 3 lines.
        > Ada: .s 1 /six/seven/
        Ada: There is no "six" there.
        > Ada: .s //nothing/
        Ada: Say what to look for, as in .s /old/new/.
        > Ada: .s
        Ada: Use it like this: .s /OLD/NEW/.
        > Ada: .m 3 1
        Ada: It is line 1 now.
        > Ada: .m 1-2 last
        Ada: They begin at line 2 now.
        > Ada: .l
        Ada: 1: I hope you are well.
        Ada: 2: come at six then bring a cake.
        Ada: 3: Dearest Ben,
        > Ada: .m 1
        Ada: Use it like this: .m 3-5 1.
        > Ada: .u
        Ada: The last change is taken back. There are 3 lines.
        > Ada: .u
        Ada: The last change is taken back. There are 3 lines.
        > Ada: .z
        Ada: There is no command .z here; .h lists them. To write a line that begins with a dot, type two dots.
        > Ada: .p now
        Ada: Use it like this: .p.
        > Ada: .p
        Ada: Draft 1: tea
        Ada: A draft.
        Ada: To Ben.
        Ada: Dearest Ben,
        Ada: I hope you are well.
        Ada: come at six then bring a cake.
        > Ada: .do say One moment.
        Ada: You say, "One moment."
        Ben: Ada says, "One moment."
        Cy: Ada says, "One moment."
        > Ada: .do
        Ada: Use it like this: .do COMMAND.
        > Ada: .do dance
        Ada: There is no verb "dance". Type commands for a list, or help.
        > Ada: quit
        Ada: That is line 4 of the text now. .u takes it back, .q leaves the editor, .h lists what you can do.
        > Ada: .u
        Ada: The last change is taken back. There are 3 lines.
        > Ada: .c
        Ada: Really delete all 3 lines? Type .c once more, or no.
        # Any other line is no answer.
        > Ada: .l 1
        Ada: 1: Dearest Ben,
        > Ada: .c
        Ada: Really delete all 3 lines? Type .c once more, or no.
        > Ada: .clear
        Ada: All lines are deleted. .u brings them back.
        > Ada: .u
        Ada: The last change is taken back. There are 3 lines.
        > Ada: .quit
        Ada: You have written 3 lines.
        Ada: Type .q once more to leave and keep it as a draft, .drop to throw it away, .x to be done with it, or no to go on.
        > Ada: yes
        Ada: You stop writing. The text is kept as draft 1; edit draft 1 goes on with it.
        > Ada: edit draft 1
        Ada: You go on with draft 1: "tea".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        Ada: There are 3 lines so far; .l shows them.
        > Ada: .
        Ada: You send a letter to Ben: "tea".
        Ben: You have new mail from Ada: "tea". mail 1 shows it.
        > Ada: .l
        Ada: There is no verb ".l". Type commands for a list, or help.
        > Ben: mail 1
        Ben: Letter 1 in Inbox: tea
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: To Ben.
        Ben: Dearest Ben,
        Ben: I hope you are well.
        Ben: come at six then bring a cake.
        """#,
        "editor help": #"""
        > Ada: mail draft about Rules
        Ada: You begin to write: "Rules".
        Ada: Each line you type is added to it. .q leaves the editor and keeps the draft, .h lists what else you can do.
        > Ada: .h
        Ada: The editor
        Ada: What you type is added to the text, line by line. A line that begins with a dot does something:
        Ada: - .x: The text is done; a dot alone in a line does the same.
        Ada: - .q: Leave without being done; what you wrote is kept as a draft.
        Ada: - .drop: Leave and throw the text away, after a question.
        Ada: - .l 3-5: Read the lines with their numbers: all, one, or from one to another.
        Ada: - .p: Read the text as others will.
        Ada: - .d 3-5: Delete lines; the last one is .d last.
        Ada: - .i 3 TEXT: Put a line before another one.
        Ada: - .r 3 TEXT: Write a line anew.
        Ada: - .s /OLD/NEW/: Change words wherever they stand; .s 3 /OLD/NEW/ does it in one line.
        Ada: - .m 3-5 1: Move lines, so that the first of them gets the second number.
        Ada: - .u: Take the last change back, and then the one before it.
        Ada: - .c: Delete all lines.
        Ada: - .do COMMAND: Do something in the game and go on writing after it: .do say One moment.
        Ada: - .h: Read this.
        Ada: To write a line that begins with a dot, type two dots. .do help editor tells more.
        > Ada: Wipe your boots.
        > Ada: .x
        Ada: You stop writing. The text is kept as draft 1; edit draft 1 goes on with it.
        Ada: It goes to nobody yet. post draft pins it to a board; mail address NAME makes a letter of it, and mail send sends that.
        > Ada: mail drafts
        Ada: Drafts
        Ada: There is one draft.
        Ada: - 1: "Rules".
        # Without more one goes on with the last text.
        > Ada: edit
        Ada: You go on with draft 1: "Rules".
        Ada: Each line you type is added to it. .q leaves the editor and keeps the draft, .h lists what else you can do.
        Ada: There is one line so far; .l shows it.
        """#,
        "editing a note": #"""
        (the Hall has a notice board)
        > Ada: post Rules
        Ada: You begin a note for the notice board: "Rules".
        Ada: Each line you type is added to it. .x pins it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: Wipe your boots.
        > Ada: Shut the door.
        > Ada: .p
        Ada: Rules
        Ada: A draft.
        Ada: Wipe your boots.
        Ada: Shut the door.
        (Ada stands in the Garden)
        > Ada: .x
        Ada: You are not where the notice board is. .q leaves the editor and keeps the text as draft 1.
        (Ada stands in the Hall)
        > Ada: .x
        Ada: You pin a note to the notice board: "Rules".
        Ben: Ada pins a note to the notice board: "Rules".
        Cy: Ada pins a note to the notice board: "Rules".
        > Ben: board 1
        Ben: Note 1 on the notice board: Rules
        Ben: From Ada, just now (14 November 2023, 22:13 UTC).
        Ben: Wipe your boots.
        Ben: Shut the door.
        > Ada: mail drafts
        Ada: There is no letter in Drafts.
        > Ben: board reply 1
        Ben: You begin a note for the notice board: "Re: Rules".
        Ben: Each line you type is added to it. .x pins it, .q leaves it as a draft, .h lists what else you can do.
        > Ben: Mine are clean.
        > Ben: .x
        Ben: You pin a note to the notice board: "Re: Rules".
        Ada: Ben pins a note to the notice board: "Re: Rules".
        Cy: Ben pins a note to the notice board: "Re: Rules".
        > Ada: board
        Ada: Notice board
        Ada: There are 2 notes. One is unread.
        Ada: - 1: "Rules", from Ada, just now (14 November 2023, 22:13 UTC).
        Ada: - 2, unread: "Re: Rules", from Ben, in answer to 1, just now (14 November 2023, 22:13 UTC).
        """#,
        "a draft that is gone": #"""
        > Ada: mail to ben about tea
        Ada: You begin a letter to Ben: "tea".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: .do mail drop
        Ada: The draft "tea" is gone.
        > Ada: mail drafts
        Ada: There is no letter in Drafts.
        # A letter that is not taken stays as it is.
        > Ben: ignore ada
        Ben: You ignore Ada from now on.
        > Ada: mail to ben about tea
        Ada: You begin a letter to Ben: "tea".
        Ada: Each line you type is added to it. .x sends it, .q leaves it as a draft, .h lists what else you can do.
        > Ada: Come.
        > Ada: .x
        Ada: Ben does not take letters from you, so nothing was sent.
        > Ada: .l
        Ada: 1: Come.
        """#,
    ]
}
