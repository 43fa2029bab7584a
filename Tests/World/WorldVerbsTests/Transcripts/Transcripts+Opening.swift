extension Transcripts {
    static let opening = [
        "open": #"""
        > Ada: open chest
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: open chest
        Ada: The wooden chest is open already.
        > Ada: open door
        Ada: The oak door is locked.
        > Ada: open lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: open brass lamp
        Ada: The brass lamp is not something that opens and closes.
        > Ada: open
        Ada: Use it like this: open THING.
        (Ben stands in the Garden)
        > Ada: get iron key
        Ada: You take the iron key.
        Cy: Ada takes the iron key.
        > Ada: unlock door
        Ada: (with the iron key)
        Ada: You unlock the oak door with the iron key.
        Cy: Ada unlocks the oak door with the iron key.
        > Ada: open door
        Ada: You open the oak door.
        Cy: Ada opens the oak door.
        Ben: The oak door opens.
        > Ben: look
        Ben: Garden
        Ben: Roses and gravel.
        Ben: The only way out is south.
        > Ada: look
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see a brass lamp, an oil lamp and three copper coins here.
        Ada: In the wooden chest is a tin box.
        Ada: On the table is a letter.
        Ada: Cy is here.
        Ada: You can go north, down or east.
        > Ada: look north
        Ada: That way lies Garden.
        (Cy stands in the Library)
        > Cy: open case
        Cy: The glass case is locked.
        """#,
        "close": #"""
        > Ada: close chest
        Ada: The wooden chest is closed already.
        > Ada: open chest
        Ada: You open the wooden chest.
        Ben: Ada opens the wooden chest.
        Cy: Ada opens the wooden chest.
        Ada: In it is a tin box.
        > Ada: close chest
        Ada: You close the wooden chest.
        Ben: Ada closes the wooden chest.
        Cy: Ada closes the wooden chest.
        > Ada: shut table
        Ada: The table is not something that opens and closes.
        > Ada: close tapestry
        Ada: You can look at that, but there is nothing else to do with it.
        """#,
        "lock": #"""
        > Ada: lock chest
        Ada: The wooden chest has no lock.
        > Ada: lock door
        Ada: The oak door is locked already.
        > Ada: get key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: unlock door
        Ada: (with the iron key)
        Ada: You unlock the oak door with the iron key.
        Ben: Ada unlocks the oak door with the iron key.
        Cy: Ada unlocks the oak door with the iron key.
        > Ada: open door
        Ada: You open the oak door.
        Ben: Ada opens the oak door.
        Cy: Ada opens the oak door.
        > Ada: lock door
        Ada: The oak door has to be closed first.
        > Ada: close door
        Ada: You close the oak door.
        Ben: Ada closes the oak door.
        Cy: Ada closes the oak door.
        > Ada: lock door with iron key
        Ada: You lock the oak door with the iron key.
        Ben: Ada locks the oak door with the iron key.
        Cy: Ada locks the oak door with the iron key.
        > Ada: lock door
        Ada: The oak door is locked already.
        """#,
        "unlock": #"""
        > Ada: unlock door
        Ada: You have no key that fits the oak door.
        > Ada: get iron key
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: unlock door with iron key
        Ada: You unlock the oak door with the iron key.
        Ben: Ada unlocks the oak door with the iron key.
        Cy: Ada unlocks the oak door with the iron key.
        > Ada: unlock door
        Ada: The oak door is not locked.
        > Ada: unlock chest
        Ada: The wooden chest is not locked.
        (Ada stands in the Library)
        > Ada: get tiny key
        Ada: You take the tiny key.
        > Ada: unlock case with iron key
        Ada: The iron key does not fit the glass case.
        > Ada: unlock case
        Ada: (with the tiny key)
        Ada: You unlock the glass case with the tiny key.
        > Ada: open case
        Ada: You open the glass case.
        Ada: In it is a ruby.
        > Ada: unlock case with ruby
        Ada: You are not carrying the ruby.
        """#,
    ]
}
