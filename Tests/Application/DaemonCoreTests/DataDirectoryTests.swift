import FileAccessTesting
import Glibc
import Testing

@testable import DaemonCore

@Suite struct DataDirectoryTests {
    @Test func missingFolderIsMadePrivate() throws {
        let folder = try TemporaryFolder()
        let data = DataDirectory(path: folder.path + "/Data/")
        try data.prepare()
        #expect(data.path == folder.path + "/Data")
        #expect(folder.mode(of: "Data") == 0o700)
        #expect(!data.hasDatabase)
        try data.prepare()
    }

    @Test func folderOfACheckoutIsClosedToOthersAndKeepsItsFiles() throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o755)
        folder.write("read me", to: "README.md")
        try DataDirectory(path: folder.path).prepare()
        #expect(folder.mode(of: ".") == 0o700)
        #expect(folder.read("README.md") == "read me")
    }

    @Test func operatorsModeIsKeptOnceThereIsADatabase() throws {
        let folder = try TemporaryFolder()
        folder.write("", to: "world.sqlite")
        chmod(folder.path, 0o750)
        try DataDirectory(path: folder.path).prepare()
        #expect(folder.mode(of: ".") == 0o750)
        chmod(folder.path, 0o770)
        let sentence = "The data folder \(folder.path) may be written by others; run: chmod go-w \(folder.path)"
        #expect(throws: DaemonFailure(.noPermission, sentence)) { try DataDirectory(path: folder.path).prepare() }
    }

    @Test func failuresNameThePathAndTheReason() throws {
        let folder = try TemporaryFolder()
        let orphan = folder.path + "/no/Data"
        #expect(
            throws: DaemonFailure(
                .cannotCreate, "The data folder \(orphan) cannot be created: No such file or directory.")
        ) { try DataDirectory(path: orphan).prepare() }
        folder.write("", to: "file")
        let file = folder.path + "/file"
        #expect(throws: DaemonFailure(.cannotCreate, "The data folder \(file) is not a folder.")) {
            try DataDirectory(path: file).prepare()
        }
    }
}

@Suite struct ClaimCodeTests {
    @Test func fourGroupsOfFour() throws {
        #expect(ClaimCode.write([UInt8](repeating: 0, count: 10)) == "AAAA-AAAA-AAAA-AAAA")
        #expect(ClaimCode.write([UInt8](repeating: 255, count: 10)) == "7777-7777-7777-7777")
        // RFC 4648 section 10: base32 of "foobarfoob" without padding.
        #expect(ClaimCode.write(Array("foobarfoob".utf8)) == "MZXW-6YTB-OJTG-633C")
        #expect(try ClaimCode.make() != ClaimCode.make())
    }
}

@Suite struct StartTableTests {
    private func table(_ doors: [StartTable.Door], claim: String?) -> String {
        StartTable(
            version: "0.1.0", processID: 42, doors: doors, claimCode: claim, data: DataDirectory(path: "Data"),
            world: "World", adminTool: "bin/mud-admin"
        ).text
    }

    @Test func firstStart() {
        let text = table([.init(name: "telnet", host: "127.0.0.1", port: 4000)], claim: "AAAA-BBBB-CCCC-DDDD")
        #expect(
            text == """
                mudd 0.1.0 is running, process 42.

                  Door    Address         Command
                  telnet  127.0.0.1:4000  telnet 127.0.0.1 4000

                  This world has no owner yet. Come in, create an account, and type:

                    claim AAAA-BBBB-CCCC-DDDD

                  World    World
                  Data     Data
                  Log      Data/mudd.log
                  Control  Data/control.sock   (bin/mud-admin --data Data status)

                  Ctrl-C stops the server.

                """)
    }

    @Test func wildcardAddressesGetACommandThatWorksHere() {
        let text = table(
            [.init(name: "telnet", host: "::", port: 4000), .init(name: "telnet", host: "0.0.0.0", port: 23)],
            claim: nil)
        #expect(text.contains("telnet  [::]:4000   telnet ::1 4000\n"))
        #expect(text.contains("telnet  0.0.0.0:23  telnet 127.0.0.1 23\n"))
        #expect(!text.contains("claim"))
        #expect(text.contains("not encrypted"))
        #expect(!table([.init(name: "telnet", host: "127.0.0.1", port: 1)], claim: nil).contains("not encrypted"))
    }

    @Test(arguments: [
        ("0.0.0.0", "curl http://127.0.0.1:9100/metrics\n"), ("::1", "curl http://[::1]:9100/metrics\n"),
    ])
    func theDoorForMonitoringIsReadWithCurl(host: String, command: String) {
        #expect(table([.init(name: "metrics", host: host, port: 9100)], claim: nil).contains(command))
    }

    @Test func noDoors() {
        #expect(table([], claim: nil).contains("All doors are off"))
    }
}
