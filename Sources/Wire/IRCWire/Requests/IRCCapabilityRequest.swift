/// A `CAP` of a client.
///
/// ```text
///   CAP LS 302      CAP LIST      CAP REQ :batch -away-notify      CAP END
/// ```
///
/// - Source: the IRCv3 specification `capability-negotiation`.
public enum IRCCapabilityRequest: Hashable, Sendable {
    /// One capability of a `REQ`: wanted, or with a hyphen before it not wanted any longer.
    public struct Change: Hashable, Sendable {
        /// The capability's name as the client wrote it.
        public var name: String
        /// Whether it is to be on.
        public var isOn: Bool

        /// Makes a change.
        public init(_ name: String, isOn: Bool = true) {
            self.name = name
            self.isOn = isOn
        }
    }

    /// `LS`: what there is; the version is 301 when the client names none.
    case available(version: Int)
    /// `LIST`: what is on.
    case enabled
    /// `REQ`: all of these changes or none; `text` is what is acknowledged or refused, as it was sent.
    case request([Change], text: IRCParameter)
    case end

    /// Reads the parameters of a `CAP`.
    ///
    /// - Throws: What to answer when there are none (461) or the subcommand is unknown (410).
    public init(_ parameters: [IRCParameter]) throws(IRCRequestFailure) {
        guard let subcommand = parameters.first else { throw IRCRequestFailure(.needMoreParameters(.cap)) }
        switch subcommand.text.uppercased() {
        case "LS": self = .available(version: parameters.count > 1 ? Int(parameters[1].text) ?? 301 : 301)
        case "LIST": self = .enabled
        case "REQ":
            let text = parameters.count > 1 ? parameters[1] : ""
            self = .request(Self.changes(text.text), text: text)
        case "END": self = .end
        default: throw IRCRequestFailure(.invalidCapabilityCommand(subcommand))
        }
    }

    private static func changes(_ text: String) -> [Change] {
        text.split(separator: " ").map { word in
            word.first == "-" ? Change(String(word.dropFirst()), isOn: false) : Change(String(word))
        }
    }
}
