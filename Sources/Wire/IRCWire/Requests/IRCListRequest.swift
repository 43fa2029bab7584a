/// A `LIST`: which channels to show.
///
/// ```text
///   LIST #a,#b          these
///   LIST >3,T<60,*zen*  more than three people, topic younger than an hour, a name like this
/// ```
///
/// - Source: the Modern IRC document, "LIST message" and `RPL_ISUPPORT` parameter `ELIST`.
public struct IRCListRequest: Hashable, Sendable {
    /// What a channel must meet to be shown; a number is of people or of minutes.
    public enum Condition: Hashable, Sendable {
        /// `M`: the name is like this.
        case matches(IRCParameter)
        /// `N`: the name is not like this.
        case doesNotMatch(IRCParameter)
        /// `U`: more people than this.
        case morePeople(than: Int)
        /// `U`: fewer people than this.
        case fewerPeople(than: Int)
        /// `C`: made more than so many minutes ago.
        case createdBefore(minutes: Int)
        /// `C`: made less than so many minutes ago.
        case createdWithin(minutes: Int)
        /// `T`: the topic was set more than so many minutes ago.
        case topicBefore(minutes: Int)
        /// `T`: the topic was set less than so many minutes ago.
        case topicWithin(minutes: Int)
    }

    /// The channels asked for by name; empty for all.
    public var channels: [IRCParameter]
    /// What all of those shown must meet.
    public var conditions: [Condition]

    /// The value of the `ELIST` token for these conditions.
    public static let token = "CMNTU"

    /// Makes a request for a list.
    public init(channels: [IRCParameter] = [], conditions: [Condition] = []) {
        self.channels = channels
        self.conditions = conditions
    }
}
