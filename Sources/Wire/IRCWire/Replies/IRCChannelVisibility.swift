/// Whether a channel can be seen from outside, as `NAMES` marks it.
public enum IRCChannelVisibility: String, Hashable, Sendable {
    case `public` = "="
    case secret = "@"
    case `private` = "*"
}
