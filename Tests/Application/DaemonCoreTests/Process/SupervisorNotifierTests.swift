import Basics
import FileAccessTesting
import Glibc
import Testing

@testable import DaemonCore

@Suite struct SupervisorNotifierTests {
    /// A supervisor's socket, by path or by abstract name.
    private final class Supervisor {
        let descriptor: Int32

        init(_ name: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let octets = Array(name.utf8)
            withUnsafeMutableBytes(of: &address.sun_path) { room in
                room.copyBytes(from: octets)
                if octets[0] == UInt8(ascii: "@") { room[0] = 0 }
            }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + octets.count)
            let code = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
            }
            try #require(code == 0)
        }

        deinit { close(descriptor) }

        func receive() -> String? {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    @Test func tellsByPathAndByAbstractName() throws {
        let folder = try TemporaryFolder()
        for name in [folder.path + "/notify", "@mudd-notifier-test-\(getpid())"] {
            let supervisor = try Supervisor(name)
            let notifier = try #require(SupervisorNotifier(environment: ["NOTIFY_SOCKET": name]))
            #expect(notifier.tell(.ready, .status("12 players\nREADY=0")))
            #expect(supervisor.receive() == "READY=1\nSTATUS=12 players READY=0")
            notifier.tell(.reloading(since: MonotonicInstant(nanoseconds: 7_000)))
            #expect(supervisor.receive() == "RELOADING=1\nMONOTONIC_USEC=7")
            notifier.tell(.mainProcess(42))
            #expect(supervisor.receive() == "MAINPID=42")
            notifier.tell(.stopping, .watchdog)
            #expect(supervisor.receive() == "STOPPING=1\nWATCHDOG=1")
            #expect(supervisor.receive() == nil)
        }
    }

    @Test(arguments: ["", "relative/path", "@", "/nonexistent/notify", "/" + String(repeating: "x", count: 200)])
    func withoutASupervisorThereIsNothingToTell(_ name: String) {
        #expect(SupervisorNotifier(environment: ["NOTIFY_SOCKET": name]) == nil)
        #expect(SupervisorNotifier(environment: [:]) == nil)
    }

    @Test func aSupervisorThatIsGoneIsNoTrouble() throws {
        let folder = try TemporaryFolder()
        var supervisor: Supervisor? = try Supervisor(folder.path + "/notify")
        let notifier = try #require(SupervisorNotifier(environment: ["NOTIFY_SOCKET": folder.path + "/notify"]))
        #expect(supervisor?.receive() == nil)
        supervisor = nil
        #expect(!notifier.tell(.ready))
    }

    @Test(arguments: [
        (["WATCHDOG_USEC": "3000000"], Duration.milliseconds(1500)),
        (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "42"], .milliseconds(1500)),
        (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "43"], nil),
        (["WATCHDOG_USEC": "never"], nil), (["WATCHDOG_USEC": "-5"], nil), (["WATCHDOG_USEC": "0"], nil), ([:], nil),
    ])
    func theWatchdogIsFedTwiceAsOftenAsItAsks(_ variables: [String: String], _ interval: Duration?) throws {
        let folder = try TemporaryFolder()
        let supervisor = try Supervisor(folder.path + "/notify")
        var environment = variables
        environment["NOTIFY_SOCKET"] = folder.path + "/notify"
        let notifier = try #require(SupervisorNotifier(environment: environment, processID: 42))
        #expect(notifier.watchdogInterval == interval && supervisor.receive() == nil)
    }
}
