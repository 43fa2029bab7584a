import Basics
import Testing
import Transports

@testable import ChatPeers

struct IRCSourceTableTests {
    private let start = MonotonicInstant(nanoseconds: 5)
    private let settings: IRCServerSettings = {
        var settings = IRCServerSettings(name: "t")
        settings.connectionsPerSource = 2
        settings.newConnectionsPerSource = 4
        settings.sourceWindow = .seconds(60)
        return settings
    }()

    private func peer(_ last: UInt8, port: UInt16 = 1) -> SocketAddress {
        .ipv4(IPv4Host(bits: 0x0A00_0000 | UInt32(last)), port: port)
    }

    @Test func connectionsAtOnceAreLimitedPerAddress() {
        var table = IRCSourceTable()
        for port in 1...2 as ClosedRange<UInt16> { table.enter(peer(1, port: port), settings, now: start) }
        #expect(table.refusal(of: peer(1, port: 3), settings, now: start) != nil)
        #expect(table.refusal(of: peer(2), settings, now: start) == nil)
        table.leave(peer(1))
        #expect(table.refusal(of: peer(1, port: 3), settings, now: start) == nil)
    }

    @Test func newConnectionsAreLimitedInAWindow() {
        var table = IRCSourceTable()
        for _ in 0..<4 {
            #expect(table.refusal(of: peer(1), settings, now: start) == nil)
            table.enter(peer(1), settings, now: start)
            table.leave(peer(1))
        }
        #expect(table.refusal(of: peer(1), settings, now: start.advanced(by: .seconds(59))) != nil)
        #expect(table.refusal(of: peer(1), settings, now: start.advanced(by: .seconds(60))) == nil)
    }

    @Test func ablockOfIPv6AddressesIsOneSourceAndMappedOnesAreIPv4() {
        var table = IRCSourceTable()
        for low in 1...2 as ClosedRange<UInt64> {
            table.enter(.ipv6(IPv6Host(high: 0x2001_0db8_0000_0000, low: low), port: 1), settings, now: start)
        }
        let sibling = SocketAddress.ipv6(IPv6Host(high: 0x2001_0db8_0000_0000, low: .max), port: 9)
        #expect(table.refusal(of: sibling, settings, now: start) != nil)
        for _ in 0..<2 { table.enter(peer(7), settings, now: start) }
        let mapped = SocketAddress.ipv6(IPv6Host(high: 0, low: 0xFFFF_0A00_0007), port: 1)
        #expect(table.refusal(of: mapped, settings, now: start) != nil)
    }

    @Test func thisMachineIsExemptIfItIsSaid() {
        var settings = settings
        var table = IRCSourceTable()
        for _ in 0..<10 { table.enter(.ipv4(.loopback, port: 1), settings, now: start) }
        #expect(table.refusal(of: .ipv4(.loopback, port: 1), settings, now: start) == nil)
        settings.exemptsLoopback = false
        #expect(table.refusal(of: .ipv4(.loopback, port: 1), settings, now: start) != nil)
    }

    @Test func aFloodOfSourcesIsForgotten() {
        var table = IRCSourceTable()
        for number in 0..<UInt32(IRCSourceTable.sourceLimit + 10) {
            let peer = SocketAddress.ipv4(IPv4Host(bits: number), port: 1)
            table.enter(peer, settings, now: start)
            table.leave(peer)
        }
        #expect(table.count <= IRCSourceTable.sourceLimit)
    }
}
