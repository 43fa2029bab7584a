extension Transcripts {
    static let moving = [
        "go": #"""
        > Ada: go north
        Ada: The oak door is closed.
        > Ada: go east
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: go nowhere
        Ada: There is no way called "nowhere" here.
        > Ada: west
        Ben: Ada arrives from the east.
        Cy: Ada arrives from the east.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: s
        Ada: You cannot go south from here.
        > Ada: go down
        Ben: Ada leaves downwards.
        Cy: Ada leaves downwards.
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Ada: u
        Ben: Ada arrives from below.
        Cy: Ada arrives from below.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: stairs
        Ben: Ada leaves downwards.
        Cy: Ada leaves downwards.
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Ada: go up
        Ben: Ada arrives from below.
        Cy: Ada arrives from below.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: go
        Ada: Use it like this: go DIRECTION, go WAY, go to PLACE or DIRECTION.
        (Ada stands in the Garden)
        > Ada: go through the oak door
        Ada: The oak door is closed.
        """#,
        "enter": #"""
        > Ada: enter
        Ada: You cannot go in from here.
        > Ada: enter oak door
        Ada: The oak door is closed.
        > Ada: climb down the stairs
        Ben: Ada leaves downwards.
        Cy: Ada leaves downwards.
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Ada: enter cat
        Ada: There is no way called "cat" here.
        """#,
        "doors and ways": #"""
        > Ada: door
        Ada: The oak door is closed.
        > Ada: north door
        Ada: To go that way, type north and nothing else.
        > Ada: open north
        Ada: You see no "north" here.
        > Ada: tapestry
        Ada: There is no verb "tapestry". Type commands for a list, or help.
        (Cy stands in the Garden)
        > Cy: look at door
        Cy: You see nothing special about the oak door.
        Cy: It is closed.
        > Cy: oak
        Cy: There is no verb "oak". Type commands for a list, or help.
        """#,
    ]
}
