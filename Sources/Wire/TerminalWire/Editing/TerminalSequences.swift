/// The control sequences with which a terminal's screen is written; a VT100 knows all of them but bracketed paste.
///
/// ```text
///   ESC [ n A   ESC [ n B   ESC [ n C     CUU CUD CUF: up, down, right
///   ESC [ K     ESC [ J                   EL ED: erase to the end of the line, to that of the screen
///   ESC [ 2 J   ESC [ H                   ED CUP: erase the screen, go to the corner
///   ESC [ t ; b r                         DECSTBM: the rows that scroll; moves the cursor to the corner
///   ESC 7       ESC 8                     DECSC DECRC: keep the cursor's place, go back there
///   ESC [ 7 m   ESC [ 0 m                 SGR: reversed, normal
///   ESC [ ? 2004 h|l                      xterm: marks what is pasted
///   ESC ] 133 ; A|B|C|D BEL               a prompt begins, ends; what it does begins, ends
/// ```
///
/// - Source: ECMA-48 §8.3; the VT100 User Guide, chapter 3; xterm's ctlseqs; the semantic prompts of FinalTerm, which kitty, foot,
///   WezTerm, iTerm2 and others took over.
enum TerminalSequences {
    static let lineEnd: [UInt8] = [0x0D, 0x0A]
    static let eraseToLineEnd = Array("\u{1B}[K".utf8)
    static let eraseToScreenEnd = Array("\u{1B}[J".utf8)
    static let eraseScreen = Array("\u{1B}[2J\u{1B}[H".utf8)
    static let keepCursor = Array("\u{1B}7".utf8)
    static let restoreCursor = Array("\u{1B}8".utf8)
    static let reversed = Array("\u{1B}[7m".utf8)
    static let normal = Array("\u{1B}[0m".utf8)
    static let scrollEverywhere = Array("\u{1B}[r".utf8)
    static let markPastes = Array("\u{1B}[?2004h".utf8)
    static let markNoPastes = Array("\u{1B}[?2004l".utf8)
    static let bell: UInt8 = 0x07
    static let promptBegins = Array("\u{1B}]133;A\u{07}".utf8)
    static let promptEnds = Array("\u{1B}]133;B\u{07}".utf8)
    static let answerBegins = Array("\u{1B}]133;C\u{07}".utf8)
    static let answerEnds = Array("\u{1B}]133;D\u{07}".utf8)

    static func up(_ rows: Int) -> [UInt8] { move(rows, "A") }
    static func down(_ rows: Int) -> [UInt8] { move(rows, "B") }
    static func right(_ columns: Int) -> [UInt8] { move(columns, "C") }

    /// Goes to the first column of a row; the first one is 1.
    static func row(_ row: Int) -> [UInt8] { Array("\u{1B}[\(row);1H".utf8) }

    /// Scrolls the first rows only.
    static func scroll(first rows: Int) -> [UInt8] { Array("\u{1B}[1;\(rows)r".utf8) }

    private static func move(_ count: Int, _ final: String) -> [UInt8] {
        count <= 0 ? [] : count == 1 ? Array("\u{1B}[\(final)".utf8) : Array("\u{1B}[\(count)\(final)".utf8)
    }
}
