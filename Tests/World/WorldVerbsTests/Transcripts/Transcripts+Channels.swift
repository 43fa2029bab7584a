extension Transcripts {
    static let channels = [
        "channel": #"""
        > Ada: channels
        Ada: Channels
        Ada: - chat, which you and two more hear: Talk about anything.
        Ada: - trade, which no people hear: Who wants what.
        Ada: - news, which you and two more hear: What is new here.
        Ada: join NAME lets you hear one, part NAME no longer.
        > Ada: channel chat
        Ada: chat
        Ada: Talk about anything.
        Ada: You listen to it.
        Ada: Three people are on it: Ada, Ben and Cy.
        > Ada: channel nosuch
        Ada: There is no channel "nosuch"; channels lists them.
        > Ada: channel chat mute ben 10m
        Ada: You may not moderate chat. It takes at least the role admin.
        > Ada: channel chat slow 5
        Ada: You may not moderate chat. It takes at least the role admin.
        > Ada: channel chat log
        Ada: You may not moderate chat. It takes at least the role admin.
        > Ada: channel create den
        Ada: Only administrators make channels.
        > Ada: channel remove chat
        Ada: You may not moderate chat. It takes at least the role admin.
        (Ben is a guest)
        > Ben: channels
        Ben: Channels
        Ben: - chat, which you and two more hear: Talk about anything.
        Ben: - news, which you and two more hear: What is new here.
        Ben: join NAME lets you hear one, part NAME no longer.
        > Ben: channel trade
        Ben: You may not join trade. It is not for guests.
        """#,
        "speaking on a channel": #"""
        > Ada: chat hello all
        Ada: [chat] Ada: hello all
        Ben: [chat] Ada: hello all
        Cy: [chat] Ada: hello all
        > Ben: gossip :waves
        Ada: [chat] Ben waves.
        Ben: [chat] Ben waves.
        Cy: [chat] Ben waves.
        > Cy: Chat :'s hat is gone!
        Ada: [chat] Cy's hat is gone!
        Ben: [chat] Cy's hat is gone!
        Cy: [chat] Cy's hat is gone!
        > Ada: chat one. look, and look then "look"
        Ada: [chat] Ada: one. look, and look then "look"
        Ben: [chat] Ada: one. look, and look then "look"
        Cy: [chat] Ada: one. look, and look then "look"
        > Ada: chat
        Ada: Said on chat
        Ada: - Ada, just now: hello all
        Ada: - Ben waves. (just now)
        Ada: - Cy's hat is gone! (just now)
        Ada: - Ada, just now: one. look, and look then "look"
        > Ada: chat :
        Ada: Say what?
        > Ada: get brass lamp. chat I have it, and how! then what?
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: [chat] Ada: I have it, and how! then what?
        Ben: [chat] Ada: I have it, and how! then what?
        Cy: [chat] Ada: I have it, and how! then what?
        > Ada: drop lamp and chat done
        Ada: You drop the brass lamp.
        Ben: Ada drops the brass lamp.
        Cy: Ada drops the brass lamp.
        Ada: [chat] Ada: done
        Ben: [chat] Ada: done
        Cy: [chat] Ada: done
        > Ada: news and more
        Ada: Only those who run the game speak there.
        > Ada: alias c chat
        Ada: The alias c now stands for chat.
        > Ada: c short and sweet
        Ada: [chat] Ada: short and sweet
        Ben: [chat] Ada: short and sweet
        Cy: [chat] Ada: short and sweet
        (Ben stands in the Cellar)
        (Cy is away)
        > Ada: chat far
        Ada: [chat] Ada: far
        Ben: [chat] Ada: far
        Cy: [chat] Ada: far
        > Ada: news I have news
        Ada: Only those who run the game speak there.
        (Ada is an admin)
        > Ada: news I have news
        Ada: [news] Ada: I have news
        Ben: [news] Ada: I have news
        Cy: [news] Ada: I have news
        (the disk is full)
        > Ada: chat lost
        Ada: The world cannot remember anything new just now, because the disk is full. Looking and talking still work; please try again in a moment.
        """#,
        "keeping order on a channel": #"""
        (Cy is an admin)
        > Cy: channel chat mute ben 10m
        Cy: Ben is silenced on chat for 10 minutes.
        Ben: Cy silences you on chat for 10 minutes.
        > Ben: chat but why
        Ben: You are silenced on chat for another 10 minutes.
        (Ben waits 11 minutes)
        > Ben: chat thanks
        Ada: [chat] Ben: thanks
        Ben: [chat] Ben: thanks
        Cy: [chat] Ben: thanks
        > Cy: channel chat unmute ben
        Cy: Ben may speak on chat already.
        > Cy: channel chat mute ben
        Cy: Ben is silenced on chat until you type channel chat unmute ben.
        Ben: Cy silences you on chat until a moderator lets you speak again.
        > Ben: chat hm
        Ben: You are silenced on chat until a moderator lets you speak again.
        > Cy: channel chat unmute ben
        Cy: Ben may speak on chat again.
        Ben: Cy lets you speak on chat again.
        > Cy: channel chat mute ben 3x
        Cy: "3x" is no length of time; write 30s, 10m or 2h.
        > Cy: channel chat mute cy 2h
        Cy: Cy keeps order here too.
        > Cy: channel chat mute dora
        Cy: There is nobody called "dora".
        > Cy: channel chat slow 30
        Cy: On chat everybody waits 30 seconds between two messages now.
        > Ada: chat one
        Ada: [chat] Ada: one
        Ben: [chat] Ada: one
        Cy: [chat] Ada: one
        > Ada: chat two
        Ada: Chat is slow at the moment; wait another 30 seconds.
        > Cy: chat I need not wait
        Ada: [chat] Cy: I need not wait
        Ben: [chat] Cy: I need not wait
        Cy: [chat] Cy: I need not wait
        > Ada: channel chat
        Ada: chat
        Ada: Talk about anything.
        Ada: You listen to it.
        Ada: Three people are on it: Ada, Ben and Cy.
        Ada: Everybody waits 30 seconds between two messages.
        > Cy: channel chat slow off
        Cy: Nobody has to wait on chat any more.
        > Cy: channel chat slow off
        Cy: The pace of chat is that already.
        > Cy: history chat
        Cy: Said on chat
        Cy: - 1. Ben, just now: thanks
        Cy: - 2. Ada, just now: one
        Cy: - 3. Cy, just now: I need not wait
        > Cy: channel chat erase 2
        Cy: The message is taken out of the history of chat.
        > Cy: channel chat erase 2
        Cy: There is no message of that number.
        > Ada: history chat
        Ada: Said on chat
        Ada: - Ben, just now: thanks
        Ada: - Cy, just now: I need not wait
        > Cy: channel chat moderator add ada
        Cy: Ada is a moderator of chat now.
        Ada: Cy makes you a moderator of chat.
        > Cy: channel chat moderator add ada
        Cy: Ada is a moderator of chat already.
        > Ada: channel chat topic Whatever you like.
        Ada: Chat is now about: Whatever you like.
        > Ada: channel chat moderator add ben
        Ada: You may not moderate chat. It takes at least the role admin.
        > Ada: channel chat mute ben 1h
        Ada: Ben is silenced on chat for 1 hour.
        Ben: Ada silences you on chat for 1 hour.
        > Cy: channel chat moderator remove ada
        Cy: Ada is no moderator of chat any more.
        Ada: You are no moderator of chat any more.
        > Cy: channel chat moderator remove ada
        Cy: Ada is no moderator of chat.
        > Cy: channel chat log
        Cy: Order on chat
        Cy: - 11 minutes ago, Cy silenced Ben for 10 minutes.
        Cy: - just now, Cy silenced Ben without an end.
        Cy: - just now, Cy let Ben speak again.
        Cy: - just now, Cy made everybody wait 30 seconds between two messages.
        Cy: - just now, Cy let everybody speak without waiting.
        Cy: - just now, Cy took out message 2 of Ada.
        Cy: - just now, Cy made Ada a moderator.
        Cy: - just now, Ada changed what the channel is for.
        Cy: - just now, Ada silenced Ben for 1 hour.
        Cy: - just now, Cy made Ada a moderator no longer.
        """#,
        "guests on a channel": #"""
        (Cy is an admin)
        (Ben is a guest)
        > Cy: channel chat guests
        Cy: Use it like this: channels, channel NAME, channel NAME topic TEXT, channel NAME mute PERSON TIME, channel NAME unmute PERSON, channel NAME slow SECONDS, channel NAME guests off, channel NAME erase NUMBER, channel NAME log, channel NAME kick PERSON REASON, channel NAME ban PERSON TIME, channel NAME unban PERSON, channel NAME bans, channel NAME invite PERSON, channel NAME voice add PERSON, channel NAME moderated on, channel NAME closed on, channel NAME moderator add PERSON, channel create NAME or channel remove NAME.
        > Cy: channel chat guests on
        Cy: That is so on chat already.
        > Cy: channel chat guests off
        Cy: Guests may not speak on chat any more.
        > Cy: channel chat guests off
        Cy: That is so on chat already.
        > Ben: chat hello
        Ben: You may not speak on chat. It is not for guests.
        > Ada: chat hello
        Ada: [chat] Ada: hello
        Ben: [chat] Ada: hello
        Cy: [chat] Ada: hello
        > Ada: channel chat guests on
        Ada: You may not moderate chat. It takes at least the role admin.
        > Cy: channel chat guests on
        Cy: Guests may speak on chat now.
        > Ben: chat hello
        Ada: [chat] Ben: hello
        Ben: [chat] Ben: hello
        Cy: [chat] Ben: hello
        > Cy: channel news guests off
        Cy: There is another rule for who speaks on news.
        > Cy: channel news moderated off
        Cy: There is another rule for who speaks on news.
        > Cy: channel chat log
        Cy: Order on chat
        Cy: - just now, Cy let guests speak no longer.
        Cy: - just now, Cy let guests speak.
        """#,
        "who may be on a channel": #"""
        (Cy is an admin)
        > Cy: channel chat kick ben
        Ben: Cy takes you off chat.
        Cy: Ben is off chat.
        > Cy: channel chat kick ben
        Cy: Ben is not on chat.
        > Cy: channel chat ban ben 10m
        Cy: Ben is banned from chat for 10 minutes.
        > Ben: join chat
        Ben: You are banned from chat for another 10 minutes.
        > Cy: channel chat bans
        Cy: Banned from chat
        Cy: - ben, by Cy, for another 10 minutes
        > Cy: channel chat ban *
        Cy: "*" is no name to ban; close the channel to keep everybody off.
        > Cy: channel chat unban ben
        Cy: Ben may come to chat again.
        > Cy: channel chat bans
        Cy: Nobody is banned from chat.
        > Ben: join chat
        Ben: You listen to chat now. Begin a line with chat to speak there.
        > Cy: channel trade closed on
        Cy: Only those join trade now who are invited.
        > Ben: join trade
        Ben: Trade is closed; a moderator has to invite you.
        > Cy: join trade
        Cy: You listen to trade now. Begin a line with trade to speak there.
        > Cy: channel trade invite ben
        Ben: Cy invites you to trade. Type join trade to listen to it.
        Cy: Ben is invited to trade.
        > Ben: join trade
        Ben: You listen to trade now. Begin a line with trade to speak there.
        > Cy: channel trade closed off
        Cy: Trade is open again.
        > Cy: channel chat moderated on
        Cy: Only moderators and those with a voice speak on chat now.
        > Ben: chat hello
        Ben: Only those who keep order there speak, and those whom they give a voice.
        > Cy: channel chat voice add ben
        Ben: Cy gives you a voice on chat.
        Cy: Ben has a voice on chat now.
        > Ben: chat hello
        Ada: [chat] Ben: hello
        Ben: [chat] Ben: hello
        Cy: [chat] Ben: hello
        > Cy: channel chat voice remove ben
        Ben: Cy takes your voice on chat.
        Cy: Ben has no voice on chat any more.
        > Cy: channel chat moderated off
        Cy: Everybody may speak on chat again.
        > Cy: channel chat log
        Cy: Order on chat
        Cy: - just now, Cy took Ben off.
        Cy: - just now, Cy banned ben for 10 minutes.
        Cy: - just now, Cy let ben come again.
        Cy: - just now, Cy let only those with a voice speak.
        Cy: - just now, Cy gave Ben a voice.
        Cy: - just now, Cy took the voice of Ben.
        Cy: - just now, Cy let everybody speak without a voice.
        """#,
        "making channels": #"""
        (Cy is an admin)
        > Cy: channel create parlour
        Cy: There is a channel parlour now, and you listen to it.
        > Cy: channel describe parlour For those who come home late.
        Cy: Parlour is now about: For those who come home late.
        > Cy: parlour anybody?
        Cy: [parlour] Cy: anybody?
        > Ben: join parlour
        Ben: You listen to parlour now. Begin a line with parlour to speak there.
        > Ben: parlour me
        Ben: [parlour] Ben: me
        Cy: [parlour] Ben: me
        > Cy: channel create chat
        Cy: There is a channel of that name already.
        > Cy: channel create ada
        Cy: That name means something else already.
        > Cy: channel create smile
        Cy: That name means something else already.
        > Cy: channel create look
        Cy: Look is a word the game needs; please choose another name.
        > Cy: channel create north
        Cy: North is a word the game needs; please choose another name.
        > Cy: channel remove parlour
        Cy: The channel parlour is no more.
        > Ben: parlour hello
        Ben: There is no verb "parlour". Type commands for a list, or help.
        """#,
        "join": #"""
        > Ada: join trade
        Ada: You listen to trade now. Begin a line with trade to speak there.
        > Ada: join tra
        Ada: You are on trade already.
        > Ada: trade lamp for sale
        Ada: [trade] Ada: lamp for sale
        > Ben: trade how much?
        Ben: You are not on trade. Type join trade first.
        > Ada: join
        Ada: Use it like this: join CHANNEL.
        > Ada: join nosuch
        Ada: There is no channel "nosuch"; channels lists them.
        (Ben is a guest)
        > Ben: join trade
        Ben: You may not join trade. It is not for guests.
        > Ben: chat guests may
        Ada: [chat] Ben: guests may
        Ben: [chat] Ben: guests may
        Cy: [chat] Ben: guests may
        """#,
        "part": #"""
        > Ben: part chat
        Ben: You do not listen to chat any more.
        > Ada: chat hello
        Ada: [chat] Ada: hello
        Cy: [chat] Ada: hello
        > Ben: part chat
        Ben: You are not on chat.
        > Ben: chat hi
        Ben: You are not on chat. Type join chat first.
        > Ben: chat
        Ben: Said on chat
        Ben: - Ada, just now: hello
        > Ben: join chat
        Ben: You listen to chat now. Begin a line with chat to speak there.
        > Ben: chat hi
        Ada: [chat] Ben: hi
        Ben: [chat] Ben: hi
        Cy: [chat] Ben: hi
        > Ben: part
        Ben: Use it like this: part CHANNEL.
        """#,
        "history": #"""
        > Ada: history chat
        Ada: There is nothing to read on chat.
        > Ada: chat one
        Ada: [chat] Ada: one
        Ben: [chat] Ada: one
        Cy: [chat] Ada: one
        (Ada waits 5 minutes)
        > Ada: chat two
        Ada: [chat] Ada: two
        Ben: [chat] Ada: two
        Cy: [chat] Ada: two
        > Ben: history chat
        Ben: Said on chat
        Ben: - Ada, 5 minutes ago: one
        Ben: - Ada, just now: two
        > Ben: history gossip 1
        Ben: Said on chat
        Ben: - Ada, just now: two
        > Ben: history chat some
        Ben: "some" is no number of messages.
        > Ben: history
        Ben: Use it like this: history CHANNEL or history CHANNEL COUNT.
        (Ben is a guest)
        > Ben: history trade
        Ben: You may not join trade. It is not for guests.
        """#,
    ]
}
