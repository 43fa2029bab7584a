extension Transcripts {
    static let looking = [
        "attach": #"""
        > Ada: attach light to iron key
        Ada: There is no verb "attach". Type commands for a list, or help.
        (Ada is a builder)
        > Ada: attach light to iron key
        Ada: The iron key has the faculty light now.
        > Ada: attach light to iron key
        Ada: The iron key has that faculty already.
        > Ada: attach player to iron key
        Ada: One can attach and detach container, light, wearable.
        > Ada: attach light to zebra
        Ada: You see no "zebra" here.
        > Ada: inspect iron key
        Ada: iron key #6
        Ada: Faculties: light.
        Ada: - location: Hall #2
        Ada: - name: "iron key"
        Ada: - switchable: yes
        Ada: Named by: key of oak door #7.
        > Ada: light iron key
        Ada: You light the iron key.
        Ben: Ada lights the iron key.
        Cy: Ada lights the iron key.
        > Ada: attach wearable to iron key
        Ada: The iron key has the faculty wearable now.
        > Ada: get iron key then wear it
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        Ada: You put on the iron key.
        Ben: Ada puts on the iron key.
        Cy: Ada puts on the iron key.
        """#,
        "detach": #"""
        (Ada is a builder)
        > Ada: detach light from brass lamp
        Ada: The brass lamp has the faculty light no longer.
        > Ada: detach light from brass lamp
        Ada: The brass lamp has no such faculty.
        > Ada: light brass lamp
        Ada: The brass lamp is nothing one could light or put out.
        > Ada: detach container from chest
        Ada: The wooden chest holds something; empty it first.
        > Ada: detach container from #7
        Ada: The oak door has no such faculty.
        """#,
        "inspect": #"""
        > Ada: inspect lamp
        Ada: There is no verb "inspect". Did you mean insert?
        (Ada is a builder)
        > Ada: inspect brass lamp
        Ada: brass lamp #14
        Ada: Faculties: light.
        Ada: - location: Hall #2
        Ada: - name: "brass lamp"
        Ada: - switchable: yes
        > Ada: inspect chest
        Ada: wooden chest #16
        Ada: Faculties: container.
        Ada: - capacity: 5
        Ada: - description: "Oak, with iron bands."
        Ada: - fixed: "The chest is far too heavy."
        Ada: - initial: "A wooden chest stands by the wall."
        Ada: - location: Hall #2
        Ada: - name: "wooden chest"
        Ada: - openable: yes
        > Ada: inspect iron key
        Ada: iron key #6
        Ada: - location: Hall #2
        Ada: - name: "iron key"
        Ada: Named by: key of oak door #7.
        > Ada: inspect #999999
        Ada: There is no thing #999999.
        > Ada: inspect #18446744073709551616
        Ada: You see no "#18446744073709551616" here.
        > Ada: inspect zebra
        Ada: You see no "zebra" here.
        > Ada: inspect here
        Ada: Hall #2
        Ada: Faculties: place.
        Ada: - description: "A high hall. Tapestries cover the walls."
        Ada: - details: tapestries, tapestry, hunt = "A hunt, with more dogs than de…
        Ada: - name: "Hall"
        Ada: Named by: startPlace of #1, destination of #9, destination of #11, destination of #13.
        """#,
        "why": #"""
        > Ada: why can't I take the chest
        Ada: The wooden chest is here.
        Ada: So: The chest is far too heavy.
        > Ada: why can't I get lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: brass
        Ada: The brass lamp is here.
        Ada: So nothing stands in the way of "get lamp".
        > Ada: why letter
        Ada: The table is here.
        Ada: The letter is on the table.
        Ada: So you see the letter, and can reach it.
        > Ada: why
        Ada: Use it like this: why can't I COMMAND or why THING.
        > Ada: why me
        Ada: That is you.
        > Ada: why can't I go north
        Ada: So: The oak door is closed.
        > Ada: why can't I see the ring
        Ada: You see no "ring" here.
        Ada: You cannot see what is in the wooden chest, because it is closed.
        > Ada: why can't I touch ben
        Ada: Ben is here.
        Ada: So you see Ben, and can reach him.
        > Ada: why can't I get xyzzy
        Ada: You see no "xyzzy" here.
        Ada: You cannot see what is in the wooden chest, because it is closed.
        > Ada: why can't I drop it
        Ada: The table is here.
        Ada: The letter is on the table.
        Ada: So: You are not carrying the letter.
        """#,
        "look": #"""
        > Ada: look
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: l at chest
        Ada: Oak, with iron bands.
        Ada: It is closed.
        > Ada: look at the tapestries
        Ada: A hunt, with more dogs than deer.
        > Ada: look in chest
        Ada: The wooden chest is closed.
        > Ada: look on table
        Ada: On it is a letter.
        > Ada: look in letter
        Ada: One cannot look into the letter.
        > Ada: look north
        Ada: The oak door is closed.
        > Ada: look east
        Ada: Through an arch you see shelves.
        > Ada: look west
        Ada: There is nothing to see that way.
        > Ada: look at lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: brass
        Ada: You see nothing special about the brass lamp.
        > Ada: look at lamp
        Ada: Which do you mean: the brass lamp or the oil lamp?
        > Ada: 2
        Ada: You see nothing special about the oil lamp.
        > Ada: look at Ben
        Ada: There is nothing remarkable about Ben yet.
        > Ada: look me
        Ada: There is nothing remarkable about you yet.
        > Ada: look here
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben and Cy are here.
        Ada: You can go north (the oak door is closed), down or east.
        > Ada: look at the lampp
        Ada: You see no "lampp" here. Did you mean lamp?
        > Ada: look at all
        Ada: You can look at one thing at a time.
        (Cy stands in the Cellar)
        > Cy: look
        Cy: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        > Cy: look at bottle
        Cy: It is too dark to see that.
        > Cy: look up
        Cy: It is too dark to see that.
        (Cy stands in the Library)
        > Cy: look
        Cy: Library
        Cy: Books to the ceiling.
        Cy: You see a tiny key, a felt hat, a straw hat and some work boots here.
        Cy: In the glass case is a ruby.
        Cy: A keeper and a cat are here.
        Cy: The only way out is west.
        > Cy: look in case
        Cy: In it is a ruby.
        > Cy: look at cat
        Cy: You see nothing special about the cat.
        > Cy: look at keeper
        Cy: She has seen worse days, and better.
        (Ben is away)
        > Ada: look
        Ada: Hall
        Ada: A high hall. Tapestries cover the walls.
        Ada: A wooden chest stands by the wall.
        Ada: You see an iron key, a brass lamp, an oil lamp and three copper coins here.
        Ada: On the table is a letter.
        Ada: Ben is here, staring into space.
        Ada: You can go north (the oak door is closed), down or east.
        """#,
        "examine": #"""
        > Ada: examine chest
        Ada: Oak, with iron bands.
        Ada: It is closed.
        > Ada: x letter
        Ada: You see nothing special about the letter.
        Ada: There is something to read on it.
        > Ada: exa hunt
        Ada: A hunt, with more dogs than deer.
        > Ada: x stairs
        Ada: That way lies Cellar.
        > Ada: x 2.coin
        Ada: You see nothing special about the copper coin.
        > Ada: x fourth coin
        Ada: There are only three of those here.
        > Ada: x
        Ada: Use it like this: examine THING.
        > Ada: x ring
        Ada: You see no "ring" here.
        (Cy stands in the Library)
        > Cy: x ruby
        Cy: You see nothing special about the ruby.
        > Cy: x work boots
        Cy: You see nothing special about the work boots.
        """#,
        "read": #"""
        > Ada: read letter
        Ada: Meet me in the garden.
        > Ada: read table
        Ada: There is nothing to read on the table.
        > Ada: read tapestry
        Ada: A hunt, with more dogs than deer.
        > Ada: read stairs
        Ada: There is nothing to read there.
        > Ada: read book
        Ada: You see no "book" here.
        > Ada: get letter
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        (Ada stands in the Cellar)
        > Ada: read letter
        Ada: It is too dark to see that.
        """#,
    ]
}
