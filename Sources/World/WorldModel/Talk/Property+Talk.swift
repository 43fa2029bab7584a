/// Of channels, and of those who listen to them.
extension Property where Content == Bool {
    /// Of a channel: whether everybody listens to it who has not left it.
    package static var joinsNewcomers: Self { Self(.joinsNewcomers, false) }
}

extension Property where Content == [ThingID] {
    /// Of the world's own thing: its channels, in the order they were made.
    package static var channels: Self { Self(.channels, []) }
    /// Of an account or a guest: the channels that were joined.
    package static var joined: Self { Self(.joined, []) }
    /// Of an account or a guest: the channels that were left, of those one listens to from the beginning.
    package static var parted: Self { Self(.parted, []) }
    /// Of a channel: the accounts that keep order there, beside those who may anyway.
    package static var moderators: Self { Self(.moderators, []) }
    /// Of the world's own thing: what speaks for those of other networks.
    package static var bridges: Self { Self(.bridges, []) }
    /// Of a channel: the accounts and guests that may join although it is closed.
    package static var invited: Self { Self(.invited, []) }
    /// Of a channel: the accounts and guests that speak where only chosen ones do.
    package static var voiced: Self { Self(.voiced, []) }
    /// Of an account or a guest: the accounts and guests whose words are not heard; see ``Ignoring``.
    package static var ignored: Self { Self(.ignored, []) }
    /// Of the world's own thing: reports that nobody has closed yet, and those that were closed of late.
    package static var openReports: Self { Self(.openReports, []) }
    package static var closedReports: Self { Self(.closedReports, []) }
}

extension Property where Content == [String] {
    /// Of an account or a guest: those of other networks whose words are not heard, as `ben@network` or patterns of that.
    package static var ignoredVisitors: Self { Self(.ignoredVisitors, []) }
}

extension Property where Content == [String: Int] {
    /// Of an account or a guest: up to when they have read a conversation, by its name, in milliseconds since 1970.
    package static var readMarks: Self { Self(.readMarks, [:]) }
    /// Of a channel: by the number of an account or a guest, until when they are silent there, in milliseconds since 1970;
    /// 0 is without an end.
    package static var silenced: Self { Self(.silenced, [:]) }
}

extension Property where Content == Int {
    /// Of a channel: seconds that everybody has to wait between two messages; 0 is none.
    package static var pace: Self { Self(.pace, 0) }
    /// Of a channel: the number of its latest message.
    package static var lastMessage: Self { Self(.lastMessage, 0) }
    /// Of a report: its number, from 1; of the world's own thing: the last one given out.
    package static var reportNumber: Self { Self(.reportNumber, 0) }
    /// Of a report: the number of whom it is about, 0 when that is not known; a number, because a report outlives a guest.
    package static var reported: Self { Self(.reported, 0) }
    /// Of a report: when it was closed, in milliseconds since 1970.
    package static var closed: Self { Self(.closed, 0) }
}

extension Property where Content == String {
    /// Of a character: why they do not answer just now, in their own words; empty while they are there.
    package static var away: Self { Self(.away, "") }
    /// Of a report: the name of whom it is about.
    package static var reportedName: Self { Self(.reportedName, "") }
    /// Of a report: where it was made.
    package static var reportPlace: Self { Self(.reportPlace, "") }
    /// Of a report: who closed it, and with which words.
    package static var closedBy: Self { Self(.closedBy, "") }
    package static var verdict: Self { Self(.verdict, "") }
}
