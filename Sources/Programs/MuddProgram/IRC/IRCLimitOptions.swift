import ArgumentParser
import ChatPeers
import IRCWire

/// How much `mudd irc` takes of its clients.
struct IRCLimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The longest nick, in octets; at least 9.", valueName: "number"))
    var nickLength = IRCLimits.nickOctets

    @Option(help: ArgumentHelp("The longest name of a channel, in octets.", valueName: "number"))
    var channelLength = IRCLimits.channelOctets

    @Option(help: ArgumentHelp("The longest topic, in octets.", valueName: "number"))
    var topicLength = 390

    @Option(help: ArgumentHelp("Channels that a client may be in.", valueName: "number"))
    var channelsPerClient = 100

    @Option(help: ArgumentHelp("Masks in each list of a channel.", valueName: "number"))
    var maxList = 100

    @Option(help: ArgumentHelp("Nicks that a client may watch.", valueName: "number"))
    var maxMonitored = 100

    @Option(help: ArgumentHelp("Lines kept of each channel; 0 keeps none.", valueName: "number"))
    var history = 1000

    @Option(help: ArgumentHelp("Connections of one address at a time.", valueName: "number"))
    var maxPerPeer = 64

    @Option(
        help: ArgumentHelp(
            "Requests that a client may send at once, and then in each second; 0:0 for no limit.",
            valueName: "burst:rate"))
    var pace = "5:2"

    @Option(
        help: ArgumentHelp(
            "Seconds of silence after which a client is asked whether it is there.", valueName: "seconds"))
    var pingInterval = 90

    @Option(help: ArgumentHelp("Seconds that a client may take to be registered.", valueName: "seconds"))
    var registrationLimit = 60

    @Option(help: ArgumentHelp("Octets that may wait for a client that does not read.", valueName: "number"))
    var sendQueue = 256 << 10

    func validate() throws {
        let least = [
            ("--nick-length", nickLength, 9), ("--channel-length", channelLength, 2),
            ("--topic-length", topicLength, 1),
            ("--channels-per-client", channelsPerClient, 1), ("--max-list", maxList, 1),
            ("--max-monitored", maxMonitored, 1), ("--history", history, 0), ("--max-per-peer", maxPerPeer, 1),
            ("--ping-interval", pingInterval, 1), ("--registration-limit", registrationLimit, 1),
            ("--send-queue", sendQueue, 4096),
        ]
        for (option, value, limit) in least where value < limit {
            throw ValidationError("\(option) is at least \(limit)")
        }
        // What is longer would leave no room for anything else in a line of 512 octets.
        for (option, value, limit) in [
            ("--nick-length", nickLength, 100), ("--channel-length", channelLength, 100),
            ("--topic-length", topicLength, 400), ("--history", history, 100_000),
        ] where value > limit {
            throw ValidationError("\(option) is at most \(limit)")
        }
        _ = try readPace()
    }

    /// Nil for no limit.
    private func readPace() throws -> IRCPace? {
        let (burst, rate) = try IRCOptionValue.pace(pace, in: 0...1_000_000)
        guard (burst == 0) == (rate == 0) else {
            throw ValidationError("--pace is two numbers that are both 0 or neither, such as 5:2")
        }
        return burst == 0 ? nil : IRCPace(burst: burst, perSecond: rate)
    }

    func serverSettings(name: String) throws -> IRCServerSettings {
        var settings = IRCServerSettings(name: name)
        settings.connectionsPerSource = maxPerPeer
        settings.pace = try readPace()
        settings.pingInterval = .seconds(pingInterval)
        settings.registrationLimit = .seconds(registrationLimit)
        settings.sendQueue = sendQueue
        settings.comfort = min(settings.comfort, sendQueue / 2)
        return settings
    }

    func apply(to settings: inout IRCNetworkSettings) {
        settings.nicks.limit = nickLength
        settings.channels.limit = channelLength
        settings.topicOctets = topicLength
        settings.channelsPerUser = channelsPerClient
        settings.listEntries = maxList
        settings.monitored = maxMonitored
        settings.history = history
        settings.historyPerRequest = max(1, min(settings.historyPerRequest, history))
    }
}
