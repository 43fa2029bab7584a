extension Transcripts {
    static let yourself = [
        "alias": #"""
        > Ada: alias k get iron key
        Ada: The alias k now stands for get iron key.
        > Ada: k
        Ada: You take the iron key.
        Ben: Ada takes the iron key.
        Cy: Ada takes the iron key.
        > Ada: aliases
        Ada: Your aliases
        Ada: - k: get iron key
        """#,
        "unalias": #"""
        > Ada: unalias k
        Ada: You have no alias "k".
        """#,
        "wear": #"""
        > Ada: wear lamp
        Ada: You are not carrying the brass lamp.
        > Ada: get oil lamp
        Ada: You take the oil lamp.
        Ben: Ada takes the oil lamp.
        Cy: Ada takes the oil lamp.
        > Ada: wear lamp
        Ada: The oil lamp cannot be worn.
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: wear felt hat
        Ada: You are not carrying the felt hat.
        > Ada: get all hats
        Ada: You take the felt hat.
        Ben: Ada takes the felt hat.
        Ada: You take the straw hat.
        Ben: Ada takes the straw hat.
        > Ada: put on felt hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: wear felt hat
        Ada: You wear the felt hat already.
        > Ada: put straw hat on
        Ada: You would have to remove the felt hat first.
        > Ada: get work boots
        Ada: You take the work boots.
        Ben: Ada takes the work boots.
        > Ada: wear boots
        Ada: You put on the work boots.
        Ben: Ada puts on the work boots.
        > Ada: wear boots
        Ada: You wear the work boots already.
        > Ben: look at ada
        Ben: There is nothing remarkable about Ada yet.
        Ben: She wears a felt hat and some work boots.
        Ben: She carries an oil lamp and a straw hat.
        > Ben: get felt hat
        Ben: Ada is wearing that.
        > Ada: put boots on
        Ada: You wear the work boots already.
        """#,
        "remove": #"""
        > Ada: remove hat
        Ada: You have no "hat".
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        Ben: Ada takes the felt hat.
        > Ada: remove hat
        Ada: You are not wearing the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: take off the felt hat
        Ada: You take off the felt hat.
        Ben: Ada takes off the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        Ben: Ada puts on the felt hat.
        > Ada: take hat off
        Ada: You take off the felt hat.
        Ben: Ada takes off the felt hat.
        > Ada: remove all
        Ada: You wear nothing.
        > Ada: remove
        Ada: Use it like this: remove THING or take off THING.
        """#,
        "equipment": #"""
        > Ada: equipment
        Ada: You wear nothing but your own clothes.
        (Ada stands in the Library)
        > Ada: get felt hat
        Ada: You take the felt hat.
        > Ada: wear hat
        Ada: You put on the felt hat.
        > Ada: eq
        Ada: You wear:
        Ada: - a felt hat (head)
        """#,
        "describe": #"""
        > Ada: describe me as A tall woman.
        Ada: Others see you now as: A tall woman.
        > Ben: look at ada
        Ben: A tall woman.
        > Ada: describe me
        Ada: A tall woman.
        > Ada: describe me a short woman
        Ada: Others see you now as: a short woman
        > Ada: describe
        Ada: Use it like this: describe me as TEXT or describe me.
        > Ada: describe ben as silly
        Ada: Use it like this: describe me as TEXT or describe me.
        (Ada is a guest)
        > Ada: describe me as small
        Ada: Guests cannot use describe. Leave with quit and make a character of your own.
        """#,
        "set": #"""
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off or auto)
        Ada: - width: auto (a number from 20 to 500, or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - charset: auto (utf8, latin1, ascii or auto)
        > Ada: set color on
        Ada: Color is on now.
        Ada: [settings changed]
        > Ada: set colour auto
        Ada: Color is auto now.
        Ada: [settings changed]
        > Ada: set width 60
        Ada: Width is 60 now.
        Ada: [settings changed]
        > Ada: set width 5
        Ada: Width can be a number from 20 to 500, or auto.
        > Ada: set screenreader maybe
        Ada: Screenreader can be on, off or auto.
        > Ada: set charset UTF-8
        Ada: Charset is utf8 now.
        Ada: [settings changed]
        > Ada: set charset auto
        Ada: Charset is auto now.
        Ada: [settings changed]
        > Ada: set charset klingon
        Ada: Charset can be utf8, latin1, ascii or auto.
        > Ada: set volume 11
        Ada: There is no setting called "volume". Type set to see them.
        > Ada: set color
        Ada: Use it like this: set, set color on|off|auto, set width NUMBER|auto, set screenreader on|off|auto or set charset utf8|latin1|ascii|auto.
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off or auto)
        Ada: - width: 60 (a number from 20 to 500, or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - charset: auto (utf8, latin1, ascii or auto)
        (Ada is a guest)
        > Ada: set
        Ada: Your settings
        Ada: - color: auto (on, off or auto)
        Ada: - width: 60 (a number from 20 to 500, or auto)
        Ada: - screenreader: auto (on, off or auto)
        Ada: - charset: auto (utf8, latin1, ascii or auto)
        """#,
    ]
}
