import AuditCore
import GatewayCore
import IRCWire
import ReactorTesting
import Testing
import Transports
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// `KLINE`, `UNKLINE` and `STATS k`: the game's own bans of addresses.
@Suite struct IRCBanTests {
    private let there = IPv4Host(bits: 0xC000_0207)

    @Test func aKLineIsTheGamesBan() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let guest = try stage.connect(from: there)
        #expect(guest.send("NICK x", "USER x 0 * :x").contains { $0.contains(" 001 ") })
        let answer = ada.send("KLINE 60 *@192.0.2.0/24 :Floods")
        #expect(answer.contains { $0.hasPrefix(":irc.test NOTICE Ada :Nobody is let in from 192.0.2.0/24 until ") })
        stage.test.advance(by: .seconds(2))
        #expect(guest.settle().contains { $0.contains("Floods") } && guest.end.isLost)
        #expect(stage.game.ban(on: "192.0.2.9")?.reason == "Floods")
        let late = try stage.connect(from: there)
        #expect(
            late.settle().contains {
                $0.hasPrefix("ERROR ") && $0.contains("Nobody is let in from where you are: Floods")
            })
        #expect(late.end.isLost)
        #expect(ada.send("STATS k").contains { $0.hasPrefix(":irc.test 216 Ada K *@192.0.2.0/24 Ada :Floods (until ") })
        #expect(
            stage.audited.contains {
                $0.kind == .administer && $0.actor == "Ada" && $0.subject == "192.0.2.0/24"
                    && $0.detail.hasPrefix("ban until ")
            })
        #expect(
            ada.send("UNKLINE *@192.0.2.0/24").contains { $0.contains("People are let in again from 192.0.2.0/24") })
        #expect(try stage.connect(from: there).send("NICK x", "USER x 0 * :x").contains { $0.contains(" 001 ") })
    }

    /// Between its connection and its registration.
    @Test func whoWaitsAtTheDoorIsRefused() throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        let stranger = try stage.connect(from: there)
        stranger.send("CAP LS 302", "NICK x")
        _ = ada.send("KLINE *@192.0.2.7")
        let answer = stranger.send("USER x 0 * :x", "CAP END")
        #expect(answer.contains { $0.contains(" 465 ") } && answer.contains { $0.hasPrefix("ERROR ") })
    }

    @Test(arguments: ["*", "*!*@*", "ben@192.0.2.7", "ben!*@192.0.2.7", "example.com", "0.0.0.0/0", "127.0.0.1"])
    func whatIsNoBanOfAddressesIsRefused(mask: String) throws {
        let stage = try IRCStage()
        let ada = try stage.enter("ada").client
        #expect(ada.send("KLINE \(mask) :no").contains { $0.contains(" 400 Ada KLINE :") })
        #expect(ada.send("UNKLINE \(mask)").contains { $0.contains(" 400 Ada UNKLINE :") })
        #expect(stage.game.bans.isEmpty && !ada.end.isLost)
    }

    @Test func playersMayNot() throws {
        let stage = try IRCStage()
        let ben = try stage.enter("ben").client
        for line in ["KLINE *@192.0.2.7 :x", "UNKLINE *@192.0.2.7", "STATS k"] {
            #expect(ben.send(line).contains { $0.contains(" 481 Ben :") }, "\(line)")
        }
    }

    @Test(
        arguments: [
            ("*@192.0.2.7", "192.0.2.7"), ("*!*@192.0.2.0/24", "192.0.2.0/24"), ("2001:db8::1", "2001:db8::1"),
            ("192.0.2.*", "192.0.2.*"), ("a@192.0.2.7", nil), ("a!*@192.0.2.7", nil), ("a!b", nil), ("@192.0.2.7", nil),
        ] as [(String, String?)]) func aMaskMeansAddresses(mask: String, address: String?)
    {
        #expect(IRCMap.address(of: mask) == address)
    }
}
