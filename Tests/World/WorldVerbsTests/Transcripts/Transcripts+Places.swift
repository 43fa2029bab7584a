/// Hours, ways and maps.
extension Transcripts {
    static let places = [
        "time": #"""
        > Ada: time
        Ada: It is about half past two at night. Today is Tuesday, November 18.
        Ada: It is autumn; the sun rises about seven and sets about six.
        Ada: A day of this world lasts 2 hours of yours.
        > Ada: date then time
        Ada: It is about half past two at night. Today is Tuesday, November 18.
        Ada: It is autumn; the sun rises about seven and sets about six.
        Ada: A day of this world lasts 2 hours of yours.
        Ada: It is about half past two at night. Today is Tuesday, November 18.
        Ada: It is autumn; the sun rises about seven and sets about six.
        Ada: A day of this world lasts 2 hours of yours.
        > Ada: time flies
        Ada: Use it like this: time.
        """#,
        "weather": #"""
        > Ada: weather
        Ada: You cannot see the sky from here.
        (Ada stands in the Cellar)
        > Ada: weather
        Ada: You cannot see the sky from here.
        """#,
        "map": #"""
        > Ada: map
        Ada: Map around Hall
        Ada: [?]
        Ada: |
        Ada: [@v]--[?]
        > Ada: map list
        Ada: Around Hall
        Ada: - North, through the oak door, closed: not visited yet.
        Ada: - Down: not visited yet.
        Ada: - East: not visited yet.
        (Ada stands in the Library)
        > Ada: map
        Ada: Map around Library
        Ada: [?]---[@]
        > Ada: w
        Ben: Ada arrives from the east.
        Cy: Ada arrives from the east.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: e
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: map
        Ada: Map around Library
        Ada: [?]
        Ada: |
        Ada: [av]--[@]
        Ada: a  Hall
        > Ada: set screenreader on
        Ada: You set screenreader to on.
        Ada: [settings changed]
        > Ada: map
        Ada: Around Library
        Ada: - West: Hall (visited).
        > Ada: map everything
        Ada: Use it like this: map or map list.
        """#,
        "exits": #"""
        > Ada: exits
        Ada: You can go:
        Ada: - North, through the oak door, closed: not visited yet.
        Ada: - Down: not visited yet.
        Ada: - East: not visited yet.
        # Short forms are still those of examine.
        > Ada: ex
        Ada: Use it like this: examine THING.
        (Ada stands in the Cellar)
        > Ada: exits
        Ada: It is too dark to see that.
        > Ada: exit
        Ada: It is too dark to see that.
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
        > Ada: e
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: exits
        Ada: You can go:
        Ada: - West: Hall (visited).
        > Ada: exits west
        Ada: Use it like this: exits.
        """#,
        "path": #"""
        > Ada: path to library
        Ada: There is no way called "library" here, and no place of that name where you have been.
        > Ada: path to the hall
        Ada: You are there.
        > Ada: path
        Ada: Use it like this: path to PLACE.
        > Ada: path east
        Ada: Say to which place: path to PLACE.
        > Ada: path to the stairs
        Ada: That is here: down.
        > Ada: d
        Ben: Ada leaves downwards.
        Cy: Ada leaves downwards.
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Ada: path to hall
        Ada: Hall is one step from here: up.
        """#,
        "go to a place": #"""
        > Ada: go to the library
        Ada: There is no way called "library" here, and no place of that name where you have been.
        > Ada: go to east
        Ben: Ada leaves east.
        Cy: Ada leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: go to library
        Ada: You are there.
        (Ada stands in the Garden)
        > Ada: go to library
        Ada: The oak door is locked.
        (Ada stands in the Cellar)
        > Ada: quietly go to the libr
        Ben: Ada arrives from below.
        Cy: Ada arrives from below.
        Ada: Hall
        Ben: Ada quietly leaves east.
        Cy: Ada quietly leaves east.
        Ada: Library
        Ada: Books to the ceiling.
        Ada: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Ada: In the glass case is a ruby.
        Ada: A keeper and a cat are here.
        Ada: The only way out is west.
        > Ada: enter to hall
        Ben: Ada arrives from the east.
        Cy: Ada arrives from the east.
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        """#,
    ]
}
