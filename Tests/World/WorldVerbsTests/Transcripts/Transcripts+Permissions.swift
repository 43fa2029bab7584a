extension Transcripts {
    static let permissions = [
        "permit": #"""
        (Ada is a builder)
        > Ada: permit open on chest to carries the iron key
        Ada: To open the wooden chest is now for: carries the iron key.
        > Ben: open chest
        Ben: You may not open or close the wooden chest. It would help to carry the iron key.
        > Ben: get key
        Ben: You take the iron key.
        Ada: Ben takes the iron key.
        Cy: Ben takes the iron key.
        > Ben: open chest
        Ben: You open the wooden chest.
        Ada: Ben opens the wooden chest.
        Cy: Ben opens the wooden chest.
        Ben: In it is a tin box.
        > Ada: permit put on chest to name ada or role builder because "Ada keeps her hats there."
        Ada: To put the wooden chest is now for: name ada or role builder.
        > Ben: put key in chest
        Ben: Ada keeps her hats there.
        > Ada: permit read on letter to not name ben and not guest
        Ada: To read the letter is now for: not name ben and not guest.
        > Ben: read letter
        Ben: You may not read the letter. It is not for Ben.
        > Cy: read letter
        Cy: Meet me in the garden.
        > Ada: permit take on letter to nobody
        Ada: To take the letter is now for: nobody.
        > Cy: get letter
        Cy: You may not take the letter.
        > Ada: permit use on brass lamp to role admin or wears a hood
        Ada: To use the brass lamp is now for: role admin or wears a hood.
        > Cy: light brass lamp
        Cy: You may not use the brass lamp. It takes at least the role admin. It would help to wear a hood.
        > Ada: permit enter on here to name cy because "Knock first."
        Ada: To enter the Hall is now for: name cy.
        (Ben stands in the Library)
        > Ben: west
        Ben: Knock first.
        # What may not be said.
        > Ada: permit fly on chest to anyone
        Ada: There is no deed "fly" to permit. There are take, put, open, enter, read, use, speak, join, post, moderate, inspect, describe, edit, program, destroy and own.
        > Ada: permit open on chest to carries
        Ada: In "carries", at character 8: expected the name of a thing.
        > Ada: permit open on chest
        Ada: There has to be a to with something before and after it.
        > Ada: permit open
        Ada: Use it like this: permit DEED on THING to RULE, permit DEED on THING to RULE because "REASON" or permit DEED on THING to default.
        > Cy: permit open on chest to anyone
        Cy: You may not say who may do what to the wooden chest. It takes at least the role builder.
        > Ada: permit open on ben to nobody
        Ada: You see no "ben" here.
        > Ada: permit take on cy to nobody
        Ada: You may not say who may do what to Cy. It is for the owner.
        > Ada: permit open on chest to default
        Ada: The rule for open on the wooden chest is gone.
        > Ada: permit open on chest to default
        Ada: There is no such rule on the wooden chest itself.
        """#,
        "rules for ways": #"""
        (Ada is a builder)
        (Ben is a builder)
        > Ben: follow ada
        Ben: You follow Ada now.
        Ada: Ben follows you now.
        > Ada: permit enter on stairs to not name ben
        Ada: To enter the way down is now for: not name ben.
        > Ben: down
        Ben: You may not go that way. It is not for Ben.
        > Ada: permit open on down to nobody
        Ada: To open the way down is now for: nobody.
        > Ada: permissions down
        Ada: Nobody owns the way down.
        Ada: To open: nobody.
        Ada: To enter: not name ben.
        Ada: For everybody: take, put, read, use and speak.
        Ada: From the role player on: join and post.
        Ada: From the role builder on: inspect, describe, edit, destroy and own.
        Ada: From the role programmer on: program.
        Ada: From the role admin on: moderate.
        > Ada: down
        Ben: Ada leaves, but you may not go that way.
        Ben: Ada leaves downwards.
        Cy: Ada leaves downwards.
        Ada: It is pitch dark. You can feel what you carry, and you could go on blindly or back the way you came.
        """#,
        "own": #"""
        (Ada is a builder)
        > Ben: own letter by me
        Ben: You may not say who may do what to the letter. It takes at least the role builder.
        > Ada: own letter by ben
        Ada: Ben owns the letter now.
        > Ada: own letter by me
        Ada: You may not say who may do what to the letter. It is for the owner.
        > Ada: describe letter as a blot
        Ada: You may not describe the letter. It is for the owner.
        > Ada: attach light to letter
        Ada: You may not change the letter. It is for the owner.
        > Ben: permit take on letter to owner
        Ben: To take the letter is now for: owner.
        > Cy: get letter
        Cy: You may not take the letter. It is for the owner.
        > Ben: get letter
        Ben: You take the letter from the table.
        Ada: Ben takes the letter from the table.
        Cy: Ben takes the letter from the table.
        > Ben: own letter by nobody
        Ben: Nobody owns the letter now.
        > Ada: own chest by zed
        Ada: There is nobody called "zed".
        > Ada: own ben by me
        Ada: You may not say who may do what to Ben. It is for the owner.
        > Ada: own chest
        Ada: There has to be a by with something before and after it.
        """#,
        "permissions": #"""
        (Ada is a builder)
        > Ben: permissions chest
        Ben: Nobody owns the wooden chest.
        Ben: For everybody: take, put, open, enter, read, use and speak.
        Ben: From the role player on: join and post.
        Ben: From the role builder on: inspect, describe, edit, destroy and own.
        Ben: From the role programmer on: program.
        Ben: From the role admin on: moderate.
        > Ada: permit open on chest to carries key because "No."
        Ada: To open the wooden chest is now for: carries key.
        > Ada: own chest by ben
        Ada: Ben owns the wooden chest now.
        > Cy: perms chest
        Cy: Ben owns the wooden chest.
        Cy: To open: carries key.
        Cy: Others read then: "No."
        Cy: Only for the owner: moderate, describe, edit, program, destroy and own.
        Cy: For everybody: take, put, enter, read, use and speak.
        Cy: From the role player on: join and post.
        Cy: From the role builder on: inspect.
        """#,
        "may": #"""
        (Ada is a builder)
        > Ben: may ada open chest
        Ben: There is no verb "may". Did you mean map or say?
        > Ada: may ben open chest
        Ada: Ben may: there is no rule for it, and the role player is enough.
        > Ada: may ben edit chest
        Ada: Ben may not.
        Ada: It takes at least the role builder.
        > Ada: permit open on chest to name ada or carries key because "No."
        Ada: To open the wooden chest is now for: name ada or carries key.
        > Ada: may me open chest
        Ada: Ada may, because of the rule: name ada or carries key.
        > Ada: may ben open chest
        Ada: Ben may not.
        Ada: The rule is: name ada or carries key.
        Ada: It is for Ada.
        Ada: It would help to carry key.
        Ada: They read: "No."
        > Ada: own chest by ben
        Ada: Ben owns the wooden chest now.
        > Ada: may ben open chest
        Ada: Ben may, as the owner of the wooden chest.
        > Ada: may zed open chest
        Ada: There is nobody called "zed".
        """#,
        "behave": #"""
        (Ada is a programmer)
        > Ben: push table
        Ben: There is no verb "push". Type commands for a list, or help.
        > Ada: behave table push = <push> <you>, and <they> <creak>.
        Ada: One can now push the table.
        > Ben: push table
        Ben: You push the table, and it creaks.
        Ada: Ben pushes the table, and it creaks.
        Cy: Ben pushes the table, and it creaks.
        > Ben: push the table slowly
        Ben: You slowly push the table, and it creaks.
        Ada: Ben slowly pushes the table, and it creaks.
        Cy: Ben slowly pushes the table, and it creaks.
        > Ben: push
        Ben: (the table)
        Ben: You push the table, and it creaks.
        Ada: Ben pushes the table, and it creaks.
        Cy: Ben pushes the table, and it creaks.
        > Ben: push letter
        Ben: You cannot push the letter.
        > Ben: push nonsense
        Ben: You see no "nonsense" here.
        > Ada: behave table push tells = Something slides about in its drawer.
        Ada: One can now push the table.
        > Ada: behave table push requires = its leg is whole
        Ada: One can now push the table.
        > Ben: push table
        Ben: That does not work. It would help if the leg of the table were whole.
        > Ada: behave table mend = <mend> <you> with string.
        Ada: One can now mend the table.
        > Ada: behave table mend sets = leg whole
        Ada: One can now mend the table.
        > Ada: behave table mend once = yes
        Ada: One can now mend the table.
        > Cy: mend table and push it
        Cy: You mend the table with string.
        Ada: Cy mends the table with string.
        Ben: Cy mends the table with string.
        Cy: You push the table, and it creaks.
        Ada: Cy pushes the table, and it creaks.
        Ben: Cy pushes the table, and it creaks.
        Cy: Something slides about in its drawer.
        > Cy: mend table
        Cy: Nothing more happens.
        > Ada: behave table mend spent = It is as good as it gets.
        Ada: One can now mend the table.
        > Cy: mend table
        Cy: It is as good as it gets.
        > Ada: behave table push refusal = It will not budge.
        Ada: One can now push the table.
        > Ada: behave table push requires = nobody
        Ada: One can now push the table.
        > Ben: push table
        Ben: It will not budge.
        > Ada: behave table push
        Ada: One can push the table.
        Ada: - does: <push> <you>, and <they> <creak>.
        Ada: - tells: Something slides about in its drawer.
        Ada: - requires: nobody
        Ada: - refusal: It will not budge.
        # A verb of the table, but not for that table.
        > Ada: behave table read = <read> the scratches in <you>.
        Ada: One can now read the table.
        > Ben: read table
        Ben: You read the scratches in the table.
        Ada: Ben reads the scratches in the table.
        Cy: Ben reads the scratches in the table.
        > Ben: read letter
        Ben: Meet me in the garden.
        > Ada: behave letter say = <say> nothing.
        Ada: One can now say the letter.
        > Ben: say letter
        Ben: You say, "letter"
        Ada: Ben says, "letter"
        Cy: Ben says, "letter"
        # What may not be.
        > Ada: behave table push = nothing
        Ada: The part does has no verb, such as <smile>.
        > Ada: behave table push requires = frobs
        Ada: In "frobs", at character 1: frobs is no condition; there are anyone, nobody, owner, guest, role, name, carries, wears, in, it, its.
        > Ada: behave table push sets = role owner
        Ada: The property role is not for a verb to change.
        > Ada: behave table push sets = leg
        Ada: You have to say what changes, and to what: sets = turning yes.
        > Ada: behave table north = <north>.
        Ada: "north" cannot name a verb.
        > Ada: behave table
        Ada: You have to say which thing and which verb.
        > Ada: behave table kick
        Ada: There is no verb kick of the table.
        > Ada: behave table push = none
        Ada: One can no longer push the table.
        > Ada: behave table push = none
        Ada: There is no verb push of the table.
        > Ben: push table
        Ben: There is no verb "push". Type commands for a list, or help.
        (Ben is a builder)
        > Ben: behave table kick = <kick> <you>.
        Ben: You may not program the table. It takes at least the role programmer.
        > Ada: own table by ben
        Ada: Ben owns the table now.
        > Ben: behave table kick = <kick> <you>.
        Ben: One can now kick the table.
        > Ada: permit use on table to name ada
        Ada: You may not say who may do what to the table. It is for the owner.
        > Ben: permit use on table to name ada
        Ben: To use the table is now for: name ada.
        > Cy: kick table
        Cy: You may not use the table. It is for Ada.
        """#,
    ]
}
