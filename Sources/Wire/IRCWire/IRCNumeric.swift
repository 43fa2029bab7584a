/// The number of a reply of a server, three digits on the wire.
///
/// The name is the one of the specification in words, without `RPL_` and `ERR_`, which stand beside it.
///
/// - Source: Modern IRC "Numerics"; IRCv3 SASL 3.2, Monitor, Bot Mode; RFC 2812 §5; WHOX and MONITOR as deployed.
/// - SeeAlso: `IRCWireTests/IRCNumericTests`.
public enum IRCNumeric: UInt16, Hashable, Sendable, CaseIterable {
    /// RPL_WELCOME.
    case welcome = 1
    /// RPL_YOURHOST.
    case yourHost = 2
    /// RPL_CREATED.
    case created = 3
    /// RPL_MYINFO.
    case myInfo = 4
    /// RPL_ISUPPORT.
    case iSupport = 5
    /// RPL_BOUNCE.
    case bounce = 10
    /// RPL_STATSCOMMANDS.
    case statsCommands = 212
    /// RPL_STATSKLINE.
    case statsKLine = 216
    /// RPL_ENDOFSTATS.
    case endOfStats = 219
    /// RPL_UMODEIS.
    case userModeIs = 221
    /// RPL_STATSUPTIME.
    case statsUptime = 242
    /// RPL_STATSOLINE.
    case statsOLine = 243
    /// RPL_STATSDEBUG.
    case statsDebug = 249
    /// RPL_LUSERCLIENT.
    case lUserClient = 251
    /// RPL_LUSEROP.
    case lUserOp = 252
    /// RPL_LUSERUNKNOWN.
    case lUserUnknown = 253
    /// RPL_LUSERCHANNELS.
    case lUserChannels = 254
    /// RPL_LUSERME.
    case lUserMe = 255
    /// RPL_ADMINME.
    case adminMe = 256
    /// RPL_ADMINLOC1.
    case adminLocation1 = 257
    /// RPL_ADMINLOC2.
    case adminLocation2 = 258
    /// RPL_ADMINEMAIL.
    case adminEmail = 259
    /// RPL_TRYAGAIN.
    case tryAgain = 263
    /// RPL_LOCALUSERS.
    case localUsers = 265
    /// RPL_GLOBALUSERS.
    case globalUsers = 266
    /// RPL_WHOISCERTFP.
    case whoisCertificateFingerprint = 276
    /// RPL_AWAY.
    case away = 301
    /// RPL_USERHOST.
    case userHost = 302
    /// RPL_ISON.
    case isOn = 303
    /// RPL_UNAWAY.
    case unaway = 305
    /// RPL_NOWAWAY.
    case nowAway = 306
    /// RPL_WHOISREGNICK.
    case whoisRegisteredNick = 307
    /// RPL_WHOISUSER.
    case whoisUser = 311
    /// RPL_WHOISSERVER.
    case whoisServer = 312
    /// RPL_WHOISOPERATOR.
    case whoisOperator = 313
    /// RPL_WHOWASUSER.
    case whowasUser = 314
    /// RPL_ENDOFWHO.
    case endOfWho = 315
    /// RPL_WHOISIDLE.
    case whoisIdle = 317
    /// RPL_ENDOFWHOIS.
    case endOfWhois = 318
    /// RPL_WHOISCHANNELS.
    case whoisChannels = 319
    /// RPL_WHOISSPECIAL.
    case whoisSpecial = 320
    /// RPL_LISTSTART.
    case listStart = 321
    /// RPL_LIST.
    case list = 322
    /// RPL_LISTEND.
    case listEnd = 323
    /// RPL_CHANNELMODEIS.
    case channelModeIs = 324
    /// RPL_CREATIONTIME.
    case creationTime = 329
    /// RPL_WHOISACCOUNT.
    case whoisAccount = 330
    /// RPL_NOTOPIC.
    case noTopic = 331
    /// RPL_TOPIC.
    case topic = 332
    /// RPL_TOPICWHOTIME.
    case topicWhoTime = 333
    /// RPL_WHOISBOT.
    case whoisBot = 335
    /// RPL_INVITELIST.
    case inviteList = 336
    /// RPL_ENDOFINVITELIST.
    case endOfInviteList = 337
    /// RPL_WHOISACTUALLY.
    case whoisActually = 338
    /// RPL_INVITING.
    case inviting = 341
    /// RPL_INVEXLIST.
    case inviteExceptionList = 346
    /// RPL_ENDOFINVEXLIST.
    case endOfInviteExceptionList = 347
    /// RPL_EXCEPTLIST.
    case exceptionList = 348
    /// RPL_ENDOFEXCEPTLIST.
    case endOfExceptionList = 349
    /// RPL_VERSION.
    case version = 351
    /// RPL_WHOREPLY.
    case whoReply = 352
    /// RPL_NAMREPLY.
    case nameReply = 353
    /// RPL_WHOSPCRPL.
    case whoSpecialReply = 354
    /// RPL_LINKS.
    case links = 364
    /// RPL_ENDOFLINKS.
    case endOfLinks = 365
    /// RPL_ENDOFNAMES.
    case endOfNames = 366
    /// RPL_BANLIST.
    case banList = 367
    /// RPL_ENDOFBANLIST.
    case endOfBanList = 368
    /// RPL_ENDOFWHOWAS.
    case endOfWhowas = 369
    /// RPL_INFO.
    case info = 371
    /// RPL_MOTD.
    case motd = 372
    /// RPL_ENDOFINFO.
    case endOfInfo = 374
    /// RPL_MOTDSTART.
    case motdStart = 375
    /// RPL_ENDOFMOTD.
    case endOfMotd = 376
    /// RPL_WHOISHOST.
    case whoisHost = 378
    /// RPL_WHOISMODES.
    case whoisModes = 379
    /// RPL_YOUREOPER.
    case youAreOperator = 381
    /// RPL_REHASHING.
    case rehashing = 382
    /// RPL_TIME.
    case time = 391
    /// RPL_VISIBLEHOST.
    case visibleHost = 396
    /// ERR_UNKNOWNERROR.
    case unknownError = 400
    /// ERR_NOSUCHNICK.
    case noSuchNick = 401
    /// ERR_NOSUCHSERVER.
    case noSuchServer = 402
    /// ERR_NOSUCHCHANNEL.
    case noSuchChannel = 403
    /// ERR_CANNOTSENDTOCHAN.
    case cannotSendToChannel = 404
    /// ERR_TOOMANYCHANNELS.
    case tooManyChannels = 405
    /// ERR_WASNOSUCHNICK.
    case wasNoSuchNick = 406
    /// ERR_TOOMANYTARGETS.
    case tooManyTargets = 407
    /// ERR_NOORIGIN.
    case noOrigin = 409
    /// ERR_INVALIDCAPCMD.
    case invalidCapabilityCommand = 410
    /// ERR_NORECIPIENT.
    case noRecipient = 411
    /// ERR_NOTEXTTOSEND.
    case noTextToSend = 412
    /// ERR_BADMASK.
    case badMask = 415
    /// ERR_INPUTTOOLONG.
    case inputTooLong = 417
    /// ERR_UNKNOWNCOMMAND.
    case unknownCommand = 421
    /// ERR_NOMOTD.
    case noMotd = 422
    /// ERR_NONICKNAMEGIVEN.
    case noNicknameGiven = 431
    /// ERR_ERRONEUSNICKNAME.
    case erroneousNickname = 432
    /// ERR_NICKNAMEINUSE.
    case nicknameInUse = 433
    /// ERR_BANNICKCHANGE.
    case bannedNickChange = 435
    /// ERR_NICKCOLLISION.
    case nickCollision = 436
    /// ERR_UNAVAILRESOURCE.
    case unavailableResource = 437
    /// ERR_USERNOTINCHANNEL.
    case userNotInChannel = 441
    /// ERR_NOTONCHANNEL.
    case notOnChannel = 442
    /// ERR_USERONCHANNEL.
    case userOnChannel = 443
    /// ERR_NOTREGISTERED.
    case notRegistered = 451
    /// ERR_NEEDMOREPARAMS.
    case needMoreParameters = 461
    /// ERR_ALREADYREGISTERED.
    case alreadyRegistered = 462
    /// ERR_PASSWDMISMATCH.
    case passwordMismatch = 464
    /// ERR_YOUREBANNEDCREEP.
    case youAreBanned = 465
    /// ERR_KEYSET.
    case keySet = 467
    /// ERR_CHANNELISFULL.
    case channelIsFull = 471
    /// ERR_UNKNOWNMODE.
    case unknownMode = 472
    /// ERR_INVITEONLYCHAN.
    case inviteOnlyChannel = 473
    /// ERR_BANNEDFROMCHAN.
    case bannedFromChannel = 474
    /// ERR_BADCHANNELKEY.
    case badChannelKey = 475
    /// ERR_BADCHANMASK.
    case badChannelMask = 476
    /// ERR_NEEDREGGEDNICK.
    case needRegisteredNick = 477
    /// ERR_BANLISTFULL.
    case banListFull = 478
    /// ERR_BADCHANNAME.
    case badChannelName = 479
    /// ERR_NOPRIVILEGES.
    case noPrivileges = 481
    /// ERR_CHANOPRIVSNEEDED.
    case channelOperatorNeeded = 482
    /// ERR_CANTKILLSERVER.
    case cannotKillServer = 483
    /// ERR_SECUREONLYCHAN.
    case secureOnlyChannel = 489
    /// ERR_NOOPERHOST.
    case noOperatorHost = 491
    /// ERR_UMODEUNKNOWNFLAG.
    case unknownUserMode = 501
    /// ERR_USERSDONTMATCH.
    case usersDontMatch = 502
    /// ERR_HELPNOTFOUND.
    case helpNotFound = 524
    /// ERR_INVALIDKEY.
    case invalidKey = 525
    /// ERR_CANTSENDTOUSER, as deployed: somebody does not take messages of the sender.
    case cannotSendToUser = 531
    /// RPL_STARTTLS.
    case startTLS = 670
    /// RPL_WHOISSECURE.
    case whoisSecure = 671
    /// ERR_STARTTLS.
    case startTLSFailed = 691
    /// ERR_INVALIDMODEPARAM.
    case invalidModeParameter = 696
    /// RPL_HELPSTART.
    case helpStart = 704
    /// RPL_HELPTXT.
    case helpText = 705
    /// RPL_ENDOFHELP.
    case endOfHelp = 706
    /// ERR_NOPRIVS.
    case noPrivilege = 723
    /// RPL_MONONLINE.
    case monitorOnline = 730
    /// RPL_MONOFFLINE.
    case monitorOffline = 731
    /// RPL_MONLIST.
    case monitorList = 732
    /// RPL_ENDOFMONLIST.
    case endOfMonitorList = 733
    /// ERR_MONLISTFULL.
    case monitorListFull = 734
    /// RPL_WHOISKEYVALUE.
    case whoisKeyValue = 760
    /// RPL_KEYVALUE.
    case keyValue = 761
    /// RPL_METADATAEND.
    case endOfMetadata = 762
    /// RPL_LOGGEDIN.
    case loggedIn = 900
    /// RPL_LOGGEDOUT.
    case loggedOut = 901
    /// ERR_NICKLOCKED.
    case nickLocked = 902
    /// RPL_SASLSUCCESS.
    case saslSuccess = 903
    /// ERR_SASLFAIL.
    case saslFailed = 904
    /// ERR_SASLTOOLONG.
    case saslTooLong = 905
    /// ERR_SASLABORTED.
    case saslAborted = 906
    /// ERR_SASLALREADY.
    case saslAlready = 907
    /// RPL_SASLMECHS.
    case saslMechanisms = 908
}

extension IRCNumeric {
    /// The three digits.
    public var digits: String { Self.texts[Int(rawValue % 1000)] }

    /// Whether it tells that something was refused or failed.
    public var isError: Bool {
        switch self {
        case .nickLocked, .saslFailed, .saslTooLong, .saslAborted, .saslAlready, .startTLSFailed, .invalidModeParameter,
            .noPrivilege, .monitorListFull:
            true
        default: (400..<600).contains(rawValue)
        }
    }

    private static let texts: [String] = (0..<1000).map { number in
        let text = String(number)
        return String(repeating: "0", count: 3 - text.utf8.count) + text
    }
}
