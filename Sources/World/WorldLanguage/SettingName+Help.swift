/// What each setting is for.
extension SettingName {
    /// One sentence or two.
    package var help: Sentence {
        switch self {
        case .color:
            """
            How many colours your screen has. \(command: "set color KIND COLOUR") chooses the colour of one kind of \
            text, as in \(command: "set color speech green").
            """
        case .theme:
            """
            Colours for a dark or for a light background, or without any colour: bold and underlined, or nothing \
            at all. By default they are readable on both.
            """
        case .width: "After how many columns lines are broken."
        case .encoding:
            """
            How letters are sent to your program. An old one that shows two strange signs for one letter may want \
            \(command: "set encoding latin1"). Only utf8 has every letter: ascii has those of English, latin1 and cp437 \
            also those of Western Europe, gbk and big5 also Chinese ones. What an encoding lacks is spelled with letters \
            that it has; where that cannot be done, as with Chinese in latin1, you read a question mark.
            """
        case .screenreader: "Leaves out prompts and decoration, and does not break lines."
        case .pager: "Stops a long text after a screen of lines, or after as many as you say."
        case .prompt:
            """
            What stands at the beginning of the line in which you type, as \(command: "set prompt [%time] %place>"). \
            In it, \(command: "%time") is the time (UTC), \(command: "%place") where you are, \
            \(command: "%name") who you are, \(command: "%exits") the ways out, \(command: "%mail") your unread \
            letters, and \(command: "%%") a percent sign.
            """
        case .statusline: "A line at the edge of the screen that says where you are, where your program can have one."
        case .charmode:
            """
            Whether the game sees each key as you type it, for a history of lines and completion of words; with \
            \(command: "set charmode off") your program sends whole lines. One that is made for games always does.
            """
        case .brief:
            "Leaves out descriptions when you come to places that you know; \(command: "look") still shows them."
        case .movement: "Whether you read who comes and goes."
        case .actions: "Whether you read what others do with things."
        case .emotes: "Whether you read the gestures of others."
        case .timestamps: "Puts the time (UTC) before what others say and do."
        case .lastseen: "Whether others are told when you were here last."
        case .sounds: "Whether your program is asked to play sounds, if it can."
        case .compress: "Whether what is sent to you is compressed, if your program can read that."
        case .mxp: "Whether commands can be clicked, in programs that know MXP."
        case .language: "In which language you read the game."
        }
    }
}
