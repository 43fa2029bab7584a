import FileAccessTesting
import Glibc
import Testing
import Transports

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
        try folder.write("read me", to: "README.md")
        try DataDirectory(path: folder.path).prepare()
        #expect(folder.mode(of: ".") == 0o700)
        #expect(folder.read("README.md") == "read me")
    }

    @Test func operatorsModeIsKeptOnceThereIsADatabase() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "world.sqlite")
        chmod(folder.path, 0o750)
        try DataDirectory(path: folder.path).prepare()
        #expect(folder.mode(of: ".") == 0o750)
        chmod(folder.path, 0o770)
        let sentence = "The data folder \(folder.path) may be written by others; run: chmod go-w \(folder.path)"
        #expect(throws: DaemonFailure(.noPermission, sentence)) { try DataDirectory(path: folder.path).prepare() }
    }

    @Test func itsOwnFilesAreKnownByEveryPath() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("Data")
        let data = DataDirectory(path: folder.path + "/Data")
        try folder.write("", to: "Data/world.sqlite")
        try #require(symlink("Data", folder.path + "/link") == 0)
        try #require(symlink("Data/../Data/audit.log", folder.path + "/later") == 0)
        try #require(symlink("later", folder.path + "/later still") == 0)
        try #require(link(data.database, folder.path + "/hard") == 0)
        for path in [
            "Data/world.sqlite", "Data/./world.sqlite", "link/../Data/world.sqlite", "link/world.sqlite", "hard",
        ] {
            #expect(data.ownFile(at: "\(folder.path)/\(path)") == data.database, "\(path)")
        }
        for path in ["Data/audit.log", "link/audit.log", "later", "later still"] {
            #expect(data.ownFile(at: "\(folder.path)/\(path)") == data.audit, "\(path)")
        }
        for name in ["lock", "ballast", "control.sock", "world.sqlite-wal", "world.sqlite-shm", "audit.log.20260101"] {
            #expect(data.ownFile(at: "\(data.path)/\(name)", isForLog: true) == "\(data.path)/\(name)")
        }
        #expect(data.ownFile(at: data.log) == data.log && data.ownFile(at: data.log, isForLog: true) == nil)
        for path in ["world.sqlite", "lock", "Data/mudd.pid", "Data/profile", "no/lock", "Data"] {
            #expect(data.ownFile(at: "\(folder.path)/\(path)") == nil, "\(path)")
        }
    }

    @Test func failuresNameThePathAndTheReason() throws {
        let folder = try TemporaryFolder()
        let orphan = folder.path + "/no/Data"
        #expect(
            throws: DaemonFailure(
                .cannotCreate, "The data folder \(orphan) cannot be created: No such file or directory.")
        ) { try DataDirectory(path: orphan).prepare() }
        try folder.write("", to: "file")
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

    private func door(_ place: String, isEncrypted: Bool = false) throws -> StartTable.Door {
        StartTable.Door(name: "telnet", at: try #require(SocketAddress(place)), isEncrypted: isEncrypted) {
            "telnet \($0.host) \($0.port ?? 0)"
        }
    }

    @Test func firstStart() throws {
        let text = table([try door("127.0.0.1:4000")], claim: "AAAA-BBBB-CCCC-DDDD")
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

    @Test func whereNobodyCanMakeAnAccountItIsNotSaid() throws {
        var table = StartTable(
            version: "0.1.0", processID: 42, doors: [try door("127.0.0.1:4000")], claimCode: "AAAA",
            data: DataDirectory(path: "Data"), world: "World", adminTool: "bin/mud-admin")
        table.canMakeAccounts = false
        #expect(table.text.contains("Come in as somebody whom --auth lets in, and type:\n\n    claim AAAA\n"))
        #expect(!table.text.contains("create an account"))
    }

    @Test func wildcardAddressesGetACommandThatWorksHere() throws {
        let text = table([try door("[::]:4000"), try door("0.0.0.0:23")], claim: nil)
        #expect(text.contains("telnet  [::]:4000   telnet ::1 4000\n"))
        #expect(text.contains("telnet  0.0.0.0:23  telnet 127.0.0.1 23\n"))
        #expect(!text.contains("claim"))
        #expect(text.contains("not encrypted"))
    }

    @Test(arguments: [
        ("192.0.2.7:1", false, true), ("192.0.2.7:1", true, false), ("0.0.0.0:1", true, false),
        ("127.0.0.1:1", false, false), ("127.9.0.1:1", false, false), ("[::1]:1", false, false),
        ("[2001:db8::1]:1", false, true), ("unix:p.sock", false, false), ("unix:@mudd", false, false),
    ])
    func onlyWhatOthersReachUnencryptedIsWarnedOf(place: String, isEncrypted: Bool, isWarned: Bool) throws {
        let text = table([try door(place, isEncrypted: isEncrypted)], claim: nil)
        #expect(text.contains("Others on the network can connect") == isWarned)
        #expect(text.contains("not encrypted") == isWarned)
    }

    @Test func aSocketIsShownByItsPath() throws {
        let text = table([try door("unix:/run/p.sock"), try door("unix:@mudd")], claim: nil)
        #expect(text.contains("telnet  /run/p.sock  telnet /run/p.sock 0\n"))
        #expect(text.contains("telnet  @mudd        telnet "))
    }

    @Test func aDoorIsCalledAsItSays() throws {
        let place = try #require(SocketAddress("192.0.2.7:9100"))
        let near = StartTable.Door(name: "metrics", at: place) { "curl http://\($0)/" }
        #expect(table([near], claim: nil).contains("metrics  192.0.2.7:9100  curl http://192.0.2.7:9100/\n"))
    }

    @Test func noDoors() {
        let text = table([], claim: "AAAA-BBBB-CCCC-DDDD")
        #expect(text.contains("All doors are off") && text.contains("claim AAAA-BBBB-CCCC-DDDD"))
        #expect(!text.contains("Come in"))
    }
}
