/// The code of a standard reply: what programs look at.
public enum IRCStandardCode: String, CaseIterable, Hashable, Sendable {
    // Any command
    case needMoreParameters = "NEED_MORE_PARAMS"
    case invalidParameters = "INVALID_PARAMS"
    case invalidUTF8 = "INVALID_UTF8"
    case internalError = "INTERNAL_ERROR"
    case temporarilyUnavailable = "TEMPORARILY_UNAVAILABLE"
    case unknownCommand = "UNKNOWN_COMMAND"
    case rateLimited = "RATE_LIMITED"

    // REGISTER, VERIFY
    case accountExists = "ACCOUNT_EXISTS"
    case accountNameMustBeNick = "ACCOUNT_NAME_MUST_BE_NICK"
    case alreadyAuthenticated = "ALREADY_AUTHENTICATED"
    case badAccountName = "BAD_ACCOUNT_NAME"
    case completeConnectionRequired = "COMPLETE_CONNECTION_REQUIRED"
    case invalidCode = "INVALID_CODE"
    case invalidEmail = "INVALID_EMAIL"
    case needNick = "NEED_NICK"
    case unacceptableEmail = "UNACCEPTABLE_EMAIL"
    case unacceptablePassword = "UNACCEPTABLE_PASSWORD"
    case weakPassword = "WEAK_PASSWORD"

    // CHATHISTORY
    case invalidTarget = "INVALID_TARGET"
    case invalidMessageReferenceType = "INVALID_MSGREFTYPE"
    case messageError = "MESSAGE_ERROR"

    // BATCH
    case multilineMaxBytes = "MULTILINE_MAX_BYTES"
    case multilineMaxLines = "MULTILINE_MAX_LINES"
    case multilineInvalidTarget = "MULTILINE_INVALID_TARGET"
    case multilineInvalid = "MULTILINE_INVALID"
    case batchTimeout = "TIMEOUT"
    case unknownBatchType = "UNKNOWN_TYPE"

    // SETNAME, accounts
    case invalidRealName = "INVALID_REALNAME"
    case cannotChangeRealName = "CANNOT_CHANGE_REALNAME"
    case accountRequired = "ACCOUNT_REQUIRED"
    case needPrivileges = "NEED_PRIVILEGES"
}
