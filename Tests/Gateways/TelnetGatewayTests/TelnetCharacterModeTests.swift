import GatewayCore
import ReactorTesting
import TelnetWire
import TerminalTesting
import Testing

@testable import TelnetGateway

/// Character mode over telnet, as Debian's `telnet` has it in a terminal.
@Suite struct TelnetCharacterModeTests {
    private static let iac: UInt8 = 255
    private static let (will, wont, doIt): (UInt8, UInt8, UInt8) = (251, 252, 253)
    private static let agreement: [UInt8] = [iac, doIt, 1, iac, doIt, 3]
    /// 80 columns and 24 rows.
    private static let size: [UInt8] = [iac, will, 31, iac, 250, 31, 0, 80, 0, 24, iac, 240]

    /// What was written without telnet's commands.
    private func text(_ transport: MemoryTransport) -> [UInt8] {
        var text: [UInt8] = []
        var rest = transport.takeWritten()[...]
        while let octet = rest.popFirst() {
            if octet != Self.iac {
                text.append(octet)
            } else if let command = rest.popFirst(), command >= 250 {
                _ = rest.popFirst()
            }
        }
        return text
    }

    private func tell(_ terminal: String, _ transport: MemoryTransport, _ stage: TelnetDoorTests.Stage) {
        let name = [Self.iac, 250, 24, 0] + Array(terminal.utf8) + [Self.iac, 240]
        transport.deliver([Self.iac, Self.will, 24] + name)
        stage.settle()
        transport.deliver(name)
        stage.settle()
    }

    @Test func aTerminalIsAskedInPlayAndThenEditsHere() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.connect()
        tell("XTERM-256COLOR", transport, stage)
        _ = transport.takeWritten()
        transport.deliver("guest\r\n")
        stage.settle()
        let asked = transport.takeWritten()
        #expect(
            asked.contains(sequence: [Self.iac, Self.will, 3]) && asked.contains(sequence: [Self.iac, Self.will, 1]))
        transport.deliver(Self.agreement + Self.size)
        stage.settle()
        _ = transport.takeWritten()
        var screen = TerminalScreen(width: 80, height: 24)
        for keys in ["\u{C}", "say helo\u{2}l\r\0", "half"] {
            transport.deliver(keys)
            stage.settle()
            screen.write(text(transport))
        }
        #expect(screen.lines.prefix(3) == ["> say hello", "You say, \"hello\"", "> half"])
        #expect(screen.lines.last?.hasPrefix("Hall") == true)
        #expect(screen.unknown == 0)
    }

    /// The end of the password and the beginning of the keys come in one answer; the other way round, the end would win.
    @Test func keysAreAskedForBehindTheEndOfThePassword() throws {
        let stage = try TelnetDoorTests.Stage()
        let first = try stage.connect()
        for line in ["ada", "yes", "correct horse", "correct horse", "no", "quit"] {
            first.deliver(line + "\r\n")
            stage.settle()
        }
        let transport = try stage.connect()
        tell("XTERM", transport, stage)
        transport.deliver("ada\r\n")
        stage.settle()
        transport.deliver([Self.iac, Self.doIt, 1])
        stage.settle()
        _ = transport.takeWritten()
        transport.deliver("correct horse\r\n")
        stage.settle()
        let written = transport.takeWritten()
        let echoes = written.indices.dropLast(2).filter { written[$0] == Self.iac && written[$0 + 2] == 1 }
        #expect(echoes.map { written[$0 + 1] } == [Self.wont, Self.will])
    }

    @Test func programsForGamesKeepTheirLine() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.connect()
        tell("MUDLET", transport, stage)
        transport.deliver("guest\r\n")
        stage.settle()
        #expect(!transport.takeWritten().contains(sequence: [Self.iac, Self.will, 1]))
    }

    @Test func whoRefusesKeepsTheLineMode() throws {
        let stage = try TelnetDoorTests.Stage()
        let transport = try stage.connect()
        tell("XTERM", transport, stage)
        transport.deliver("guest\r\n")
        stage.settle()
        transport.deliver([Self.iac, 254, 1, Self.iac, 254, 3])
        stage.settle()
        _ = transport.takeWritten()
        transport.deliver("say hello\r\n")
        stage.settle()
        #expect(String(decoding: text(transport), as: UTF8.self).contains("You say, \""))
    }
}

@Suite struct TelnetClientKindTests {
    private func kind(_ names: [String], _ options: [TelnetOption] = []) -> Bool {
        var kind = TelnetClientKind()
        for name in names { kind.note(terminalType: name) }
        for option in options { kind.note(option) }
        return kind.isPlainTerminal
    }

    @Test func terminalsAreTerminals() {
        for name in ["xterm-256color", "XTERM", "VT100", "LINUX", "TMUX-256COLOR", "PUTTY"] {
            #expect(kind([name], [.windowSize, .terminalType]))
        }
    }

    @Test func programsAreNot() {
        #expect(!kind([]))
        for name in ["MUDLET", "TINTIN++", "ANSI", "DUMB", "UNKNOWN", "NETWORK"] { #expect(!kind([name])) }
        #expect(!kind(["XTERM", "XTERM-256COLOR"]))
        for option in [TelnetOption.gmcp, .msdp, .endOfRecord, .characterSet, .mccp2] {
            #expect(!kind(["XTERM"], [option]))
        }
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        guard count >= sequence.count else { return false }
        return (0...(count - sequence.count)).contains { self[$0..<($0 + sequence.count)].elementsEqual(sequence) }
    }
}
