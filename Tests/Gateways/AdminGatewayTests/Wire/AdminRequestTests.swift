import Testing
import WorldModel

@testable import AdminGateway

@Suite struct AdminRequestTests {
    static let commands: [(AdminCommand, String)] = [
        (.status, #"{"command":"status","v":1}"#),
        (.who, #"{"command":"who","v":1}"#),
        (.accounts, #"{"command":"accounts","v":1}"#),
        (
            .createAccount(name: "Ada", password: "pä\"ss\n", role: .builder),
            #"{"command":"create-account","name":"Ada","password":"pä\"ss\n","role":"builder","v":1}"#
        ),
        (
            .setPassword(name: "Ada", password: "secret"),
            #"{"command":"set-password","name":"Ada","password":"secret","v":1}"#
        ),
        (.removeAuthenticator(name: "Ada"), #"{"command":"remove-authenticator","name":"Ada","v":1}"#),
        (.keys(name: "Ada"), #"{"command":"keys","name":"Ada","v":1}"#),
        (
            .addKey(name: "Ada", line: "ssh-ed25519 AAAA laptop"),
            #"{"command":"add-key","name":"Ada","text":"ssh-ed25519 AAAA laptop","v":1}"#
        ),
        (.revoke(name: "Ada"), #"{"command":"revoke","name":"Ada","v":1}"#),
        (.removeKey(name: "Ada", key: "2"), #"{"command":"remove-key","name":"Ada","text":"2","v":1}"#),
        (.setRole(name: "Ada", role: .owner), #"{"command":"set-role","name":"Ada","role":"owner","v":1}"#),
        (.kick(name: "Ada", reason: ""), #"{"command":"kick","name":"Ada","reason":"","v":1}"#),
        (.bans, #"{"command":"bans","v":1}"#),
        (
            .ban(network: "192.0.2.0/24", seconds: 60, reason: "Floods."),
            #"{"command":"ban","reason":"Floods.","seconds":60,"text":"192.0.2.0/24","v":1}"#
        ),
        (.ban(network: "::1", seconds: nil, reason: ""), #"{"command":"ban","reason":"","text":"::1","v":1}"#),
        (.unban(network: "192.0.2.7"), #"{"command":"unban","text":"192.0.2.7","v":1}"#),
        (.broadcast("Tea!"), #"{"command":"broadcast","text":"Tea!","v":1}"#),
        (
            .backup(path: "/tmp/b.sqlite", replace: true),
            #"{"command":"backup","path":"/tmp/b.sqlite","replace":true,"v":1}"#
        ),
        (.check, #"{"command":"check","v":1}"#),
        (.reloadWorld, #"{"command":"reload-world","v":1}"#),
        (.reload, #"{"command":"reload","v":1}"#),
        (.log(levels: nil), #"{"command":"log","v":1}"#),
        (.log(levels: "info,game=debug"), #"{"command":"log","text":"info,game=debug","v":1}"#),
        (.shutdown(seconds: 300, reason: "Cake."), #"{"command":"shutdown","reason":"Cake.","seconds":300,"v":1}"#),
        (.cancelShutdown, #"{"command":"cancel-shutdown","v":1}"#),
    ]

    @Test(arguments: commands) func lineAndBack(command: AdminCommand, line: String) throws {
        let octets = try AdminLine.encode(AdminRequest(command))
        #expect(String(decoding: octets, as: UTF8.self) == line + "\n")
        #expect(try AdminLine.decode(AdminRequest.self, from: octets).meaning() == command)
    }

    static let shorter: [(String, AdminCommand)] = [
        (#"{"v":1,"command":"kick","name":"Ada"}"#, .kick(name: "Ada", reason: "")),
        (#"{"v":1,"command":"shutdown"}"#, .shutdown(seconds: 0, reason: "")),
        (#"{"v":1,"command":"backup","path":"/b"}"#, .backup(path: "/b", replace: false)),
        (
            #"{"v":1,"command":"create-account","name":"A","password":"p"}"#,
            .createAccount(name: "A", password: "p", role: .player)
        ),
        (#" { "v" : 1 , "later" : [1], "command" : "who" } "#, .who),
    ]

    @Test(arguments: shorter) func absentFieldsHaveDefaults(line: String, command: AdminCommand) throws {
        #expect(try AdminLine.decode(AdminRequest.self, from: line.utf8).meaning() == command)
    }

    static let wrong: [(String, String)] = [
        ("", "The line is not a JSON object of this protocol."),
        ("{", "The line is not a JSON object of this protocol."),
        ("[]", "The line is not a JSON object of this protocol."),
        (#"{"command":"who"}"#, "The line is not a JSON object of this protocol."),
        (#"{"v":1,"command":7}"#, "The line is not a JSON object of this protocol."),
        (#"{"v":99999999999999999999,"command":"who"}"#, "The line is not a JSON object of this protocol."),
        (#"{"v":2,"command":"who"}"#, "This server speaks version 1 of the protocol, not 2."),
        (#"{"v":1,"command":"dance"}"#, "There is no command “dance”."),
        (#"{"v":1,"command":"kick"}"#, "The command kick needs the field “name”."),
        (#"{"v":1,"command":"remove-authenticator"}"#, "The command remove-authenticator needs the field “name”."),
        (#"{"v":1,"command":"add-key","name":"Ada"}"#, "The command add-key needs the field “text”."),
        (#"{"v":1,"command":"kick","name":""}"#, "The command kick needs the field “name”."),
        (
            #"{"v":1,"command":"set-role","name":"A","role":"king"}"#,
            "“king” is no role; an account's role is one of player, builder, programmer, admin, owner."
        ),
        (
            #"{"v":1,"command":"set-role","name":"A","role":"guest"}"#,
            "“guest” is no role; an account's role is one of player, builder, programmer, admin, owner."
        ),
        (#"{"v":1,"command":"backup","path":"b"}"#, "The path of a backup must be absolute, not “b”."),
        (#"{"v":1,"command":"backup","path":"/b\u0000c"}"#, "The path of a backup must be absolute, not “/b\0c”."),
        (#"{"v":1,"command":"shutdown","seconds":-1}"#, "A shutdown may be at most a week away."),
        (#"{"v":1,"command":"shutdown","seconds":604801}"#, "A shutdown may be at most a week away."),
        (String(repeating: "[", count: 100_000), "The line is not a JSON object of this protocol."),
    ]

    @Test(arguments: wrong) func complaints(line: String, message: String) {
        #expect(throws: AdminFailure(.usage, message)) {
            try AdminLine.decode(AdminRequest.self, from: line.utf8).meaning()
        }
    }
}
