extension Transcripts {
    static let yourself = [
        "homepage": #"""
        > Ada: homepage
        Ada: Your homepage
        Ada: 0 of 100 files, 0 of 1024 KiB.
        Ada: You put files there by SFTP, with your name and password here; help files tells how.
        > Ada: homepage remove index.html
        Ada: There is no such file.
        > Ben: homepage ada
        Ben: There is nothing on the homepage of Ada.
        > Ben: homepage ada index.html
        Ben: There is no such file.
        > Ada: homepage ada
        Ada: Your homepage
        Ada: 0 of 100 files, 0 of 1024 KiB.
        Ada: You put files there by SFTP, with your name and password here; help files tells how.
        > Ben: homepage nobody
        Ben: Nobody of the name "nobody" plays here.
        > Ada: homepage remove ../notes
        Ada: The name of a file has between one and 64 characters: letters from a to z, digits, dots, hyphens and low lines.
        """#,
        "notes": #"""
        > Ada: notes
        Ada: You keep no notes; note NAME = TEXT writes one.
        > Ada: note shopping list = Flour and lamp oil.
        Ada: You note it as shopping-list.txt.
        > Ada: note add shopping list = A hat.
        Ada: You add it to shopping-list.txt.
        > Ada: note shopping list
        Ada: shopping-list.txt
        Ada: Flour and lamp oil.
        Ada: A hat.
        > Ada: notes
        Ada: Your notes
        Ada: 1 of 100 files, 1 of 256 KiB.
        Ada: - shopping-list.txt, just now
        > Ben: note shopping list
        Ben: There is no such file.
        > Ada: note remove shopping-list.txt
        Ada: You throw away shopping-list.txt.
        > Ada: note add shopping list
        Ada: Use it like this: note add NAME = TEXT.
        > Ada: note é = No.
        Ada: The name of a file has between one and 64 characters: letters from a to z, digits, dots, hyphens and low lines.
        """#,
        "alias": #"""
        > Ada: alias k get iron key
        Ada: The alias k now stands for get iron key.
        > Ada: k
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: aliases
        Ada: Your aliases
        Ada: - k: get iron key
        """#,
        "unalias": #"""
        > Ada: unalias k
        Ada: You have no alias "k".
        """#,
        "wear": #"""
        > Ada: wear lamp
        Ada: You are not carrying the brass lamp.
        > Ada: get oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: wear lamp
        Ada: The oil lamp cannot be worn.
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: wear felt hat
        Ada: You are not carrying the felt hat.
        > Ada: get all hats
        Ada: You take the felt hat.
        Ben: Ada takes the felt hat.
        Ada: You take the straw hat.
        Ben: Ada takes the straw hat.
        > Ada: put on felt hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: wear felt hat
        Ada: You wear the felt hat already.
        > Ada: put straw hat on
        Ada: You would have to remove the felt hat first.
        > Ada: get work boots
        Ada: You take the work boots.
        Ben: Ada takes the work boots.
        > Ada: wear boots
        Ada: You put on the work boots.
        Ben: Ada puts on the work boots.
        > Ada: wear boots
        Ada: You wear the work boots already.
        > Ben: look at ada
        Ben: There is nothing remarkable about Ada yet.
        Ben: She wears a felt hat and some work boots.
        Ben: She carries an oil lamp and a straw hat.
        > Ben: get felt hat
        Ben: Ada is wearing that.
        > Ada: put boots on
        Ada: You wear the work boots already.
        """#,
        "remove": #"""
        > Ada: remove hat
        Ada: You have no "hat".
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        Ben: Ada takes the felt hat.
        > Ada: remove hat
        Ada: You are not wearing the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: take off the felt hat
        Ada: You take off the felt hat.
        Ben: Ada takes off the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: take hat off
        Ada: You take off the felt hat.
        Ben: Ada takes off the felt hat.
        > Ada: remove all
        Ada: You wear nothing.
        > Ada: remove
        Ada: Use it like this: remove THING or take off THING.
        """#,
        "equipment": #"""
        > Ada: equipment
        Ada: You wear nothing but your own clothes.
        (Ada stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        > Ada: eq
        Ada: You wear:
        Ada: - a felt hat (head)
        """#,
        "describe": #"""
        > Ada: describe me as A tall woman.
        Ada: Others see you now as: A tall woman.
        > Ben: look at ada
        Ben: A tall woman.
        > Ada: describe me
        Ada: A tall woman.
        > Ada: describe me a short woman
        Ada: Others see you now as: a short woman
        > Ada: describe
        Ada: Use it like this: describe me as TEXT, describe me or describe THING as TEXT.
        > Ada: describe ben as silly
        Ada: You may not describe Ben. It is for the owner.
        > Ada: describe chest as Elm.
        Ada: You may not describe the wooden chest. It takes at least the role builder.
        (Ada is a builder)
        > Ada: describe chest as Elm.
        Ada: The wooden chest is described now as: Elm.
        > Ada: describe here as A low hall.
        Ada: The Hall is described now as: A low hall.
        (Ada is a guest)
        > Ada: describe me as small
        Ada: Guests cannot use describe. Leave with quit and make a character of your own.
        """#,
        "set": #"""
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off, 16, 256, true or auto)
        Ada: - theme: auto (dark, light, contrast, none or auto)
        Ada: - width: auto (20 to 500 or auto)
        Ada: - encoding: auto (utf8, latin1, cp437, gbk, big5, ascii or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - pager: off (5 to 200, on or off)
        Ada: - prompt: auto (a text, off or auto)
        Ada: - statusline: on (off or on)
        Ada: - charmode: auto (on, off or auto)
        Ada: - brief: off (on or off)
        Ada: - movement: on (off or on)
        Ada: - actions: on (off or on)
        Ada: - emotes: on (off or on)
        Ada: - timestamps: off (on or off)
        Ada: - lastseen: on (off or on)
        Ada: - sounds: off (on or off)
        Ada: - compress: on (off or on)
        Ada: - mxp: off (on or off)
        Ada: By default each is the last of what it can be.
        > Ada: set color on
        Ada: You set color to on.
        Ada: [settings changed]
        > Ada: set colour
        Ada: color: on (on, off, 16, 256, true or auto)
        Ada: How many colours your screen has. set color KIND COLOUR chooses the colour of one kind of text, as in set color speech green.
        Ada: By default it is auto.
        > Ada: set colour 256
        Ada: You set color to 256.
        Ada: [settings changed]
        > Ada: set color 24
        Ada: Color can be on, off, 16, 256, true or auto.
        > Ada: set colour auto
        Ada: You set color to auto.
        Ada: [settings changed]
        > Ada: set width 60
        Ada: You set width to 60.
        Ada: [settings changed]
        > Ada: set width 5
        Ada: Width can be 20 to 500 or auto.
        > Ada: set screenreader maybe
        Ada: Screenreader can be on, off or auto.
        # What it was called before does as well.
        > Ada: set charset UTF-8
        Ada: You set encoding to utf8.
        Ada: [settings changed]
        > Ada: set encoding GB2312
        Ada: You set encoding to gbk.
        Ada: [settings changed]
        > Ada: set encoding auto
        Ada: You set encoding to auto.
        Ada: [settings changed]
        > Ada: set charset klingon
        Ada: Encoding can be utf8, latin1, cp437, gbk, big5, ascii or auto.
        # It says what cannot be shown.
        > Ada: set encoding
        Ada: encoding: auto (utf8, latin1, cp437, gbk, big5, ascii or auto)
        Ada: How letters are sent to your program. An old one that shows two strange signs for one letter may want set encoding latin1. Only utf8 has every letter: ascii has those of English, latin1 and cp437 also those of Western Europe, gbk and big5 also Chinese ones. What an encoding lacks is spelled with letters that it has; where that cannot be done, as with Chinese in latin1, you read a question mark.
        Ada: By default it is auto.
        # Beginnings are enough where there is one meaning.
        > Ada: set enc lat
        Ada: You set encoding to latin1.
        Ada: [settings changed]
        > Ada: set enc a
        Ada: Encoding can be utf8, latin1, cp437, gbk, big5, ascii or auto.
        > Ada: set encoding auto
        Ada: You set encoding to auto.
        Ada: [settings changed]
        > Ada: set co on
        Ada: Which do you mean: color or compress?
        > Ada: set comp
        Ada: compress: on (off or on)
        Ada: Whether what is sent to you is compressed, if your program can read that.
        Ada: By default it is on.
        > Ada: set mxp
        Ada: mxp: off (on or off)
        Ada: Whether commands can be clicked, in programs that know MXP.
        Ada: By default it is off.
        # Who has a program that will not follow is told why.
        > Ada: set charmode
        Ada: charmode: auto (on, off or auto)
        Ada: Whether the game sees each key as you type it, for a history of lines and completion of words; with set charmode off your program sends whole lines. One that is made for games always does.
        Ada: By default it is auto.
        > Ada: set charmode on
        Ada: You set charmode to on. A program for games, which takes facts from this one (GMCP or MSDP), has an input line of its own and goes on sending it whole.
        Ada: [settings changed]
        > Ada: set charmode auto
        Ada: You set charmode to auto.
        Ada: [settings changed]
        > Ada: set volume 11
        Ada: There is no setting called "volume". Type set to see them.
        > Ada: set volume
        Ada: There is no setting called "volume". Type set to see them.
        > Ada: set color red blue
        Ada: There is no kind of text called "red". Kinds are title, exit, thing, person, speech, emphasis, warning, command, faint, damage, healing, channel, tell or quote.
        > Ada: set color speech octarine
        Ada: The colour of a kind of text can be none, red, green, yellow, blue, magenta, cyan, white, black, grey or auto.
        > Ada: set colour Speech gray
        Ada: You set color speech to grey.
        Ada: [settings changed]
        > Ada: set color
        Ada: color: auto (on, off, 16, 256, true or auto)
        Ada: How many colours your screen has. set color KIND COLOUR chooses the colour of one kind of text, as in set color speech green.
        Ada: By default it is auto.
        Ada: - color speech: grey
        > Ada: set color speech auto
        Ada: You set color speech to auto.
        Ada: [settings changed]
        > Ada: set theme high-contrast
        Ada: You set theme to contrast.
        Ada: [settings changed]
        > Ada: set theme auto
        Ada: You set theme to auto.
        Ada: [settings changed]
        > Ada: set pager 24
        Ada: You set pager to 24.
        Ada: [settings changed]
        > Ada: set pager 3
        Ada: Pager can be 5 to 200, on or off.
        > Ada: set pager off
        Ada: You set pager to off.
        Ada: [settings changed]
        > Ada: set prompt [%time] %place>
        Ada: You set prompt to [%time] %place>.
        Ada: [settings changed]
        > Ada: set prompt %gold>
        Ada: There is no %gold for a prompt. There are %time, %place, %name, %exits, %mail and %%.
        > Ada: set prompt a very long prompt that goes on and on and on and on and on and on and on and on and on
        Ada: A prompt has 80 characters at most.
        > Ada: set prompt auto
        Ada: You set prompt to auto.
        Ada: [settings changed]
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off, 16, 256, true or auto)
        Ada: - theme: auto (dark, light, contrast, none or auto)
        Ada: - width: 60 (20 to 500 or auto)
        Ada: - encoding: auto (utf8, latin1, cp437, gbk, big5, ascii or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - pager: off (5 to 200, on or off)
        Ada: - prompt: auto (a text, off or auto)
        Ada: - statusline: on (off or on)
        Ada: - charmode: auto (on, off or auto)
        Ada: - brief: off (on or off)
        Ada: - movement: on (off or on)
        Ada: - actions: on (off or on)
        Ada: - emotes: on (off or on)
        Ada: - timestamps: off (on or off)
        Ada: - lastseen: on (off or on)
        Ada: - sounds: off (on or off)
        Ada: - compress: on (off or on)
        Ada: - mxp: off (on or off)
        Ada: By default each is the last of what it can be.
        (Ada is a guest)
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off, 16, 256, true or auto)
        Ada: - theme: auto (dark, light, contrast, none or auto)
        Ada: - width: 60 (20 to 500 or auto)
        Ada: - encoding: auto (utf8, latin1, cp437, gbk, big5, ascii or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - pager: off (5 to 200, on or off)
        Ada: - prompt: auto (a text, off or auto)
        Ada: - statusline: on (off or on)
        Ada: - charmode: auto (on, off or auto)
        Ada: - brief: off (on or off)
        Ada: - movement: on (off or on)
        Ada: - actions: on (off or on)
        Ada: - emotes: on (off or on)
        Ada: - timestamps: off (on or off)
        Ada: - lastseen: on (off or on)
        Ada: - sounds: off (on or off)
        Ada: - compress: on (off or on)
        Ada: - mxp: off (on or off)
        Ada: By default each is the last of what it can be.
        """#,
        "brief": #"""
        > Ada: set brief on
        Ada: You set brief to on.
        Ada: [settings changed]
        # A place that is new to her is described once.
        > Ada: east
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        (Ada stands in the Hall)
        > Ada: east
        Ada: Library
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        > Ada: look
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        """#,
        "muting": #"""
        > Ben: set movement off
        Ben: You set movement to off.
        Ben: [settings changed]
        > Ben: set emotes off
        Ben: You set emotes to off.
        Ben: [settings changed]
        # Comings and goings are hidden, what is done is not.
        > Ada: get iron key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: smile
        Ada: You smile.
        Cy: Ada smiles.
        > Ada: smile at ben
        Ada: You smile at Ben.
        Ben: Ada smiles at you.
        Cy: Ada smiles at Ben.
        > Ben: smile
        Ada: Ben smiles.
        Ben: You smile.
        Cy: Ben smiles.
        > Ben: set actions off
        Ben: You set actions to off.
        Ben: [settings changed]
        > Ada: drop iron key
        Ada: You drop the iron key.
        Cy: Ada drops the iron key.
        > Ada: say hello
        Ada: You say, "hello"
        Ben: Ada says, "hello"
        Cy: Ada says, "hello"
        > Ada: tell ben hello
        Ada: You tell Ben, "hello"
        Ben: Ada tells you, "hello"
        > Ben: set movement on
        Ben: You set movement to on.
        Ben: [settings changed]
        > Ada: east
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        """#,
    ]
}
