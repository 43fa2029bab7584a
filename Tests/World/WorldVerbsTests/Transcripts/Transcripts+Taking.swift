extension Transcripts {
    static let taking = [
        "get": #"""
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: get it
        Ada: You have the brass lamp already.
        > Ada: take coin
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get 2 coins
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get 2 coins
        Ada: There is nothing of that kind here.
        > Ada: get chest
        Ada: The chest is far too heavy.
        > Ada: get table
        Ada: The table stays where it is.
        > Ada: get ben
        Ada: People are not for taking.
        > Ada: get me
        Ada: You have yourself well in hand.
        > Ada: get tapestry
        Ada: You can look at that, but there is nothing else to do with it.
        > Ada: get
        Ada: Use it like this: get THING, get all, get 2 COINS or get THING from CONTAINER.
        > Ada: get ring
        Ada: You see no "ring" here.
        > Ada: get box from chest
        Ada: The wooden chest is closed.
        > Ada: pick up letter
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        > Ben: get letter
        Ben: Ada has that.
        > Ben: get letter from ada
        Ben: Ada has that.
        > Ben: get oil lamp and iron key
        Ben: You take the oil lamp.
        Ada: Ben takes the oil lamp.
        Cy: Ben takes the oil lamp.
        Ben: You take the iron key.
        Ada: Ben takes the iron key.
        Cy: Ben takes the iron key.
        > Ben: get coin, lamp
        Ben: The copper coin: Ada has that.
        Ben: The oil lamp: You have the oil lamp already.
        (Cy stands in the Cellar)
        > Cy: get bottle
        Cy: It is too dark to see that.
        > Cy: get all
        Cy: It is too dark to see that.
        """#,
        "get all": #"""
        > Ada: get all except coins and letter
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: drop all
        Ada: You drop the iron key.
        Ben: Ada drops the iron key.
        Cy: Ada drops the iron key.
        Ada: You drop the brass lamp.
        Ben: Ada drops the brass lamp.
        Cy: Ada drops the brass lamp.
        Ada: You drop the oil lamp.
        Ben: Ada drops the oil lamp.
        Cy: Ada drops the oil lamp.
        > Ada: get all coins
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get all coins
        Ada: There is nothing of that kind here.
        > Ada: get all from chest
        Ada: The wooden chest is closed.
        > Ada: get all from table
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        > Ada: get all from table
        Ada: There is nothing on the table.
        > Ben: get coin
        Ben: Ada has that.
        > Ada: drop them
        Ada: You drop the letter.
        Ben: Ada drops the letter.
        Cy: Ada drops the letter.
        > Ada: get coin
        Ada: You have the copper coin already.
        > Ada: get all
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        Ada: You take the letter.
        Ben: Ada takes the letter.
        Cy: Ada takes the letter.
        > Ada: get all
        Ada: There is nothing here that you could take.
        """#,
        "get all beside a table": #"""
        > Ada: get all except coins
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: get all coins
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get all
        Ada: Nothing lies loose here that you could take. There is something on the table, though.
        """#,
        "get from containers": #"""
        > Ada: open chest
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: get box from chest
        Ada: You take the tin box out of the wooden chest.
        Ben: Ada takes the tin box out of the wooden chest.
        Cy: Ada takes the tin box out of the wooden chest.
        > Ada: open box
        Ada: You open the tin box.
        Ben: Ada opens the tin box.
        Cy: Ada opens the tin box.
        Ada: In it is a gold ring.
        > Ada: get ring out of the box
        Ada: You take the gold ring out of the tin box.
        Ben: Ada takes the gold ring out of the tin box.
        Cy: Ada takes the gold ring out of the tin box.
        > Ada: get lamp from box
        Ada: There is no "lamp" in the tin box.
        > Ada: take letter off the table
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        (Cy stands in the Library)
        > Cy: get ruby
        Cy: The glass case is closed.
        > Cy: get ruby from case
        Cy: The glass case is closed.
        """#,
        "get ambiguity": #"""
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: the oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: drop it
        Ada: You drop the oil lamp.
        Ben: Ada drops the oil lamp.
        Cy: Ada drops the oil lamp.
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: 1
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        > Ada: get lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: oil
        Ada: You have the oil lamp already.
        > Ada: drop lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: i
        Ada: You carry a brass lamp and an oil lamp.
        > Ada: drop lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: second lamp
        Ada: You drop the oil lamp.
        Ben: Ada drops the oil lamp.
        Cy: Ada drops the oil lamp.
        > Ada: get lamp and coin
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: oil lamp
        Ada: There is no verb "oil". Type commands for a list, or help.
        """#,
        "same names": #"""
        > Ada: get coin
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: put coin on table
        Ada: You put the copper coin on the table.
        Ben: Ada puts the copper coin on the table.
        Cy: Ada puts the copper coin on the table.
        > Ada: get coin
        Ada: Which do you mean: the copper coin on the table or the copper coin here?
        > Ada: the copper coin on the table
        Ada: You take the copper coin from the table.
        Ben: Ada takes the copper coin from the table.
        Cy: Ada takes the copper coin from the table.
        > Ada: put it on table
        Ada: You put the copper coin on the table.
        Ben: Ada puts the copper coin on the table.
        Cy: Ada puts the copper coin on the table.
        > Ada: get coin
        Ada: Which do you mean: the copper coin on the table or the copper coin here?
        > Ada: 2
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: put it on table
        Ada: You put the copper coin on the table.
        Ben: Ada puts the copper coin on the table.
        Cy: Ada puts the copper coin on the table.
        > Ada: get third coin
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: get coins
        Ada: You take the copper coin from the table.
        Ben: Ada takes the copper coin from the table.
        Cy: Ada takes the copper coin from the table.
        Ada: You take the copper coin from the table.
        Ben: Ada takes the copper coin from the table.
        Cy: Ada takes the copper coin from the table.
        > Ada: get coins from table
        Ada: There is no "coins" on the table.
        """#,
        "drop": #"""
        > Ada: drop lamp
        Ada: You are not carrying the brass lamp.
        > Ada: drop all
        Ada: You carry nothing.
        > Ada: drop
        Ada: Use it like this: drop THING, drop all or drop 2 COINS.
        > Ada: get oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: drop lamp
        Ada: You drop the oil lamp.
        Ben: Ada drops the oil lamp.
        Cy: Ada drops the oil lamp.
        > Ada: get coin
        Ada: You take the copper coin.
        Ben: Ada takes the copper coin.
        Cy: Ada takes the copper coin.
        > Ada: drop two coins
        Ada: You have only one of those, not 2.
        > Ada: put coin down
        Ada: You drop the copper coin.
        Ben: Ada drops the copper coin.
        Cy: Ada drops the copper coin.
        > Ada: drop letter
        Ada: You are not carrying the letter.
        (Ada stands in the Cellar)
        > Ada: drop all
        Ada: You carry nothing.
        """#,
        "drop worn": #"""
        (Ada stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        > Ada: drop hat
        Ada: You would have to remove the felt hat first.
        > Ada: drop all
        Ada: You carry nothing.
        """#,
    ]
}
