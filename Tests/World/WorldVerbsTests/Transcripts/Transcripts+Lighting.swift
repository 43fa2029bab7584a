extension Transcripts {
    static let lighting = [
        "light": #"""
        > Ada: light lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: brass
        Ada: You light the brass lamp.
        Ben: Ada lights the brass lamp.
        Cy: Ada lights the brass lamp.
        > Ada: turn brass lamp on
        Ada: The brass lamp is lit already.
        > Ada: light chest
        Ada: The wooden chest is nothing one could light or put out.
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        Ben: Ada takes the brass lamp.
        Cy: Ada takes the brass lamp.
        (Ben stands in the Cellar)
        > Ada: d
        Cy: Ada leaves downwards.
        Ben: Ada arrives from above.
        Ada: Cellar
        Ada: Damp stone.
        Ada: You see a bottle here.
        Ada: Ben is here.
        Ada: The only way out is up.
        > Ben: look
        Ben: Cellar
        Ben: Damp stone.
        Ben: You see a bottle here.
        Ben: Ada is here.
        Ben: The only way out is up.
        > Ada: douse lamp
        Ada: You put out the brass lamp.
        Ben: Ada puts out the brass lamp.
        Ben: It is dark now.
        Ada: It is dark now.
        > Ben: look
        Ben: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Ada: light lamp
        Ada: You light the brass lamp.
        Ben: Ada lights the brass lamp.
        Ada: Cellar
        Ada: Damp stone.
        Ada: You see a bottle here.
        Ada: Ben is here.
        Ada: The only way out is up.
        > Ada: get bottle
        Ada: You take the bottle.
        Ben: Ada takes the bottle.
        > Ada: drop lamp
        Ada: You drop the brass lamp.
        Ben: Ada drops the brass lamp.
        > Ada: douse it
        Ada: You put out the brass lamp.
        Ben: Ada puts out the brass lamp.
        Ben: It is dark now.
        Ada: It is dark now.
        > Ada: light lamp
        Ada: It is too dark to see that.
        > Ada: get lamp
        Ada: It is too dark to see that.
        > Ada: light
        Ada: Use it like this: light THING or turn on THING.
        """#,
        "douse": #"""
        > Ada: douse brass lamp
        Ada: The brass lamp is not lit.
        > Ada: switch on brass lamp
        Ada: You light the brass lamp.
        Ben: Ada lights the brass lamp.
        Cy: Ada lights the brass lamp.
        > Ada: extinguish brass lamp
        Ada: You put out the brass lamp.
        Ben: Ada puts out the brass lamp.
        Cy: Ada puts out the brass lamp.
        > Ada: put brass lamp out
        Ada: The brass lamp is not lit.
        > Ada: douse table
        Ada: The table is nothing one could light or put out.
        """#,
        "dark": #"""
        (Ben stands in the Cellar)
        (Cy stands in the Cellar)
        > Ada: get brass lamp
        Ada: You take the brass lamp.
        > Ada: get letter
        Ada: You take the letter from the table.
        > Ada: down
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        Ben: Someone arrives from above.
        Cy: Someone arrives from above.
        > Ada: drop letter
        Ada: You drop the letter.
        Ben: Someone drops something.
        Cy: Someone drops something.
        > Ada: get letter
        Ada: It is too dark to see that.
        > Ada: get it
        Ada: It is too dark to see that.
        > Ada: examine me
        Ada: There is nothing remarkable about you yet.
        > Ada: x lamp
        Ada: It is too dark to see that.
        > Ada: i
        Ada: You carry a brass lamp.
        > Ada: give lamp to ben
        Ada: It is too dark to see that.
        > Ada: light lamp
        Ada: You light the brass lamp.
        Ada: Cellar
        Ada: Damp stone.
        Ada: You see a bottle and a letter here.
        Ada: Ben and Cy are here.
        Ada: The only way out is up.
        Ben: Ada lights the brass lamp.
        Cy: Ada lights the brass lamp.
        > Ben: get letter
        Ben: You take the letter.
        Ada: Ben takes the letter.
        Cy: Ben takes the letter.
        > Ada: up
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, an oil lamp and three copper coins here.
        Ada: You can go north (the oak door is closed), down or east.
        Ben: Ada leaves upwards.
        Cy: Ada leaves upwards.
        """#,
    ]
}
