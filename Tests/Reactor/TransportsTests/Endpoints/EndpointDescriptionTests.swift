import Testing
import Transports

@Suite struct EndpointDescriptionTests {
    @Test(arguments: [
        "127.0.0.1:4000", "0.0.0.0:0", "[::1]:65535", "[fe80::1%1]:1", "unix:/run/x", "unix:@name", "unix:",
    ])
    func anAddressIsReadAsItIsWritten(text: String) throws {
        let address = try #require(SocketAddress(text))
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:4000", "[::1]", "[::1]4000", "host:1", ":1",
    ])
    func whatIsNoAddressIsNone(text: String) { #expect(SocketAddress(text) == nil) }

    @Test(arguments: [
        ("tcp:4000", EndpointDescription(.tcp(interface: nil, port: 4000))),
        ("tcp:0", EndpointDescription(.tcp(interface: nil, port: 0))),
        ("tcp:4000:interface=127.0.0.1", EndpointDescription(.tcp(interface: .loopback, port: 4000))),
        ("tcp:4000:interface=localhost", EndpointDescription(.tcp(interface: .loopback, port: 4000))),
        (
            "tcp:80:host=10.1.2.3:backlog=7",
            EndpointDescription(.tcp(interface: .init(bits: 0x0A01_0203), port: 80), backlog: 7)
        ),
        ("tcp4:65535", EndpointDescription(.tcp(interface: nil, port: 65535))),
        ("tcp6:4000", EndpointDescription(.tcp6(interface: nil, port: 4000))),
        (#"tcp6:4000:interface=\:\:1"#, EndpointDescription(.tcp6(interface: .loopback, port: 4000))),
        ("tcp6:4000:interface=localhost", EndpointDescription(.tcp6(interface: .loopback, port: 4000))),
        (
            #"tcp6:1:interface=fe80\:\:1%1"#,
            EndpointDescription(.tcp6(interface: .init(high: 0xFE80 << 48, low: 1, scope: 1), port: 1))
        ),
        ("tcp:80:reuseport=yes", EndpointDescription(.tcp(interface: nil, port: 80), sharesPort: true)),
        ("tcp6:80:reuseport=no", EndpointDescription(.tcp6(interface: nil, port: 80))),
        ("unix:/run/mud", EndpointDescription(.unix(path: "/run/mud", mode: nil))),
        ("unix:/run/mud:mode=600", EndpointDescription(.unix(path: "/run/mud", mode: 0o600))),
        ("unix:@mudd", EndpointDescription(.unix(path: "\0mudd", mode: nil))),
        (#"unix:/a\:b\=c\\d:mode=7"#, EndpointDescription(.unix(path: #"/a:b=c\d"#, mode: 0o7))),
    ])
    func parsesAndRoundTrips(text: String, expected: EndpointDescription) throws {
        let parsed = try EndpointDescription(text)
        #expect(parsed == expected)
        #expect(try EndpointDescription(parsed.description) == expected)
    }

    @Test(arguments: [
        ("", "", "unknown kind"),
        ("4000", "4000", "unknown kind"),
        ("ssl:4000", "ssl", "unknown kind"),
        ("tcp", "", "port is missing"),
        ("tcp:", "", "number from 0"),
        ("tcp:65536", "65536", "number from 0"),
        ("tcp:-1", "-1", "number from 0"),
        ("tcp:four", "four", "number from 0"),
        ("tcp:1:interface=example.org", "interface=example.org", "not looked up"),
        ("tcp:1:interface=", "interface=", "numeric"),
        (#"tcp:1:interface=\:\:1"#, #"interface=\:\:1"#, "numeric"),
        ("tcp6:1:interface=127.0.0.1", "interface=127.0.0.1", "numeric"),
        (#"tcp6:1:interface=fe80\:\:1%nonesuch"#, #"interface=fe80\:\:1%nonesuch"#, "numeric"),
        ("tcp:1:colour=red", "colour=red", "unknown or repeated"),
        ("tcp:1:backlog=1:backlog=2", "backlog=2", "unknown or repeated"),
        ("tcp:1:2", "2", "one field too many"),
        ("tcp:1:reuseport=maybe", "reuseport=maybe", "yes or no"),
        ("unix:/a:reuseport=yes", "reuseport=yes", "unknown or repeated"),
        ("tcp:1:backlog=0", "backlog=0", "above 0"),
        ("tcp:1:backlog=99999999999", "backlog=99999999999", "above 0"),
        ("unix", "", "path is missing"),
        ("unix:", "", "path is missing"),
        ("unix:mode=600", "", "path is missing"),
        ("unix:/a:mode=1000", "mode=1000", "octal"),
        ("unix:/a:mode=9", "mode=9", "octal"),
        ("unix:/" + String(repeating: "x", count: 107), "/" + String(repeating: "x", count: 107), "107 octets"),
        ("unix:/a\0b", "/a\0b", "zero octet"),
    ])
    func namesWhatIsWrongAndWhere(text: String, part: String, problem: String) {
        #expect { _ = try EndpointDescription(text) } throws: { error in
            guard let failure = error as? EndpointFailure else { return false }
            return failure.text == text && failure.part == part && failure.problem.contains(problem)
                && failure.description.contains(problem)
        }
    }

    @Test(
        arguments: [
            (SocketAddress.ipv4(.loopback, port: 80), "127.0.0.1:80", "127.0.0.1", 80),
            (.ipv6(.init(high: 0x2001_0DB8 << 32, low: 5), port: 443), "[2001:db8::5]:443", "2001:db8::5", 443),
            (.unix("/run/x"), "unix:/run/x", "/run/x", nil),
            (.unix("\0x"), "unix:@x", "\0x", nil),
        ] as [(SocketAddress, String, String, Int?)])
    func addressesShowThemselves(address: SocketAddress, text: String, host: String, port: Int?) {
        #expect(address.description == text)
        #expect(address.host == host)
        #expect(address.port == port)
    }
}
