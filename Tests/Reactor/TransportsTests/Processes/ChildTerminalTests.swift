import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct ChildTerminalTests {
    private func size(_ rows: UInt16, _ columns: UInt16) -> (inout ChildOptions) -> Void {
        { $0.terminal = TerminalSize(rows: rows, columns: columns) }
    }

    @Test func theChildHasATerminalOfThatSize() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("test -t 0 && test -t 1 && test -t 2 && stty size", size(31, 101))
        try harness.finish(child)
        #expect(child.text() == "31 101\r\n" && child.ended == .exited(0))
    }

    @Test func whatIsTypedIsEchoedAndRead() throws {
        let harness = try ChildHarness()
        let child = try harness.shell("read line; echo got $line", size(24, 80))
        child.child?.write("hello\n")
        try harness.finish(child)
        #expect(child.text() == "hello\r\ngot hello\r\n")
    }

    @Test func aNewSizeIsToldByASignal() throws {
        let harness = try ChildHarness()
        let child = try harness.shell(
            "trap 'stty size; exit 0' WINCH; echo ready; while :; do read -r x; done", size(24, 80))
        try harness.run { child.text().contains("ready") }
        try child.child?.resize(to: TerminalSize(rows: 50, columns: 132))
        try harness.run { child.text().contains("50 132") || child.exited != nil || !self.poke(child) }
        child.child?.kill()
        try harness.finish(child)
        #expect(child.text().contains("50 132"))
    }

    /// A shell runs its trap when the command it waits for is done.
    private func poke(_ child: ChildRecorder) -> Bool {
        child.child?.write("\n")
        return true
    }

    @Test func theCharacterForTheEndOfAFileEndsIt() throws {
        let harness = try ChildHarness()
        let child = try harness.start("cat", [], size(24, 80))
        child.child?.write("line\n")
        child.child?.closeChannel(0)
        try harness.finish(child)
        #expect(child.text() == "line\r\nline\r\n" && child.ended == .exited(0))
    }

    @Test func theKeyForAnInterruptReachesTheChild() throws {
        let harness = try ChildHarness()
        let child = try harness.start("cat", [], size(24, 80))
        child.child?.write("x\n")
        try harness.run { child.text().contains("x\r\nx\r\n") }
        child.child?.write([3])
        try harness.finish(child)
        #expect(child.ended == .killed(signal: SIGINT, dumpedCore: false))
    }
}
