import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// What bridges to other networks need: to say what was said there.
extension Game {
    /// Says on a channel what somebody on another network has said, as a turn of what stands for that network.
    ///
    /// - Parameters:
    ///   - text: In one line.
    ///   - isGesture: Whether it goes on from the name.
    ///   - name: The speaker's, as it is on their network.
    ///   - network: The network's name here.
    ///   - channel: The channel's name.
    /// - Throws: A `Refusal` when the channel does not take it, or ``GameFailure``, also while too much waits to be kept.
    package func relay(
        _ text: String, isGesture: Bool, by name: String, from network: String, on channel: String
    ) throws {
        if isOverloaded { throw GameFailure.busy }
        measurements.commands += 1
        var result: Result<Void, any Error> = .success(())
        spend(.command) {
            result = Result {
                let bridge = try bridge(to: network)
                try act(as: bridge) { turn in
                    guard let place = Channel(named: channel.folded, in: world) else {
                        throw GameFailure.refused("There is no channel called \(channel).")
                    }
                    try place.relay(text, isGesture: isGesture, by: name, turn)
                }
            }
        }
        try result.get()
    }

    private func bridge(to network: String) throws -> Thing {
        if let known = Channel.bridge(named: network, in: world) { return known }
        return try act(as: world.root ?? nobody) { turn in try Channel.bridge(to: network, turn) }
    }
}
