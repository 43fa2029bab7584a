extension Transcripts {
    static let gestures = [
        "socials": #"""
        > Ada: socials
        Ada: Gestures
        Ada: hug, laugh, mope, ruffle and smile.
        Ada: Type help and a gesture to read what others see of it.
        > Ada: help smile
        Ada: smile: A gesture.
        Ada: smile
        Ada: smile at NAME
        Ada: Others read:
        Ada: - Ada smiles.
        Ada: - Ada smiles at herself.
        Ada: - Ada smiles at NAME.
        Ada: A word such as warmly after it says how it is done.
        > Ada: help hug
        Ada: hug: A gesture.
        Ada: hug NAME
        Ada: Others read:
        Ada: - Ada hugs herself.
        Ada: - Ada hugs NAME.
        Ada: Whoever it is done at has to be within reach.
        Ada: A word such as warmly after it says how it is done.
        """#,
        "a social alone": #"""
        > Ada: smile
        Ada: You smile.
        Ben: Ada smiles.
        Cy: Ada smiles.
        > Ada: smi
        Ada: You smile.
        Ben: Ada smiles.
        Cy: Ada smiles.
        > Ada: warmly smile
        Ada: You warmly smile.
        Ben: Ada warmly smiles.
        Cy: Ada warmly smiles.
        > Ada: hug
        Ada: Use it like this: hug NAME.
        > Ada: smlie
        Ada: There is no verb "smlie". Did you mean smile?
        > Ada: again
        Ada: There is no verb "smlie". Did you mean smile?
        """#,
        "a social at somebody": #"""
        > Ada: smile warmly at ben
        Ada: You warmly smile at Ben.
        Ben: Ada warmly smiles at you.
        Cy: Ada warmly smiles at Ben.
        > Ada: smile at him happily
        Ada: You happily smile at Ben.
        Ben: Ada happily smiles at you.
        Cy: Ada happily smiles at Ben.
        > Ben: hug ada
        Ben: You hug Ada.
        Ada: Ben hugs you.
        Cy: Ben hugs Ada.
        > Cy: mope before ada
        Cy: You mope before Ada and her hat, and she notices.
        Ada: Cy mopes before you and your hat, and you notice.
        Ben: Cy mopes before Ada and her hat, and she notices.
        > Ben: mope before cy
        Ben: You mope before Cy and their hat, and they notice.
        Cy: Ben mopes before you and your hat, and you notice.
        Ada: Ben mopes before Cy and their hat, and they notice.
        > Ada: ruffle ben
        Ada: You ruffle Ben's hair with your hand, and you are glad of him.
        Ben: Ada ruffles your hair with her hand, and she is glad of you.
        Cy: Ada ruffles Ben's hair with her hand, and she is glad of him.
        > Ada: smile at the keeper
        Ada: You see no "keeper" here.
        > Ada: smile at chest
        Ada: You can only do that with a person, not with the wooden chest.
        (Ada stands in the Library)
        (Ben stands in the Library)
        > Ada: smile at the keeper
        Ada: You smile at the keeper.
        Ben: Ada smiles at the keeper.
        """#,
        "a social at several people": #"""
        > Ada: smile at ben and cy
        Ada: You smile at Ben and Cy.
        Ben: Ada smiles at you and Cy.
        Cy: Ada smiles at Ben and you.
        > Ben: warmly hug ada, cy
        Ben: You warmly hug Ada and Cy.
        Ada: Ben warmly hugs you and Cy.
        Cy: Ben warmly hugs Ada and you.
        > Ada: mope before ben and cy
        Ada: You mope before Ben and his hat, and he notices.
        Ben: Ada mopes before you and your hat, and you notice.
        Cy: Ada mopes before Ben and his hat, and he notices.
        Ada: You mope before Cy and their hat, and they notice.
        Ben: Ada mopes before Cy and their hat, and they notice.
        Cy: Ada mopes before you and your hat, and you notice.
        > Ada: smile at ben and me
        Ada: You smile at Ben and yourself.
        Ben: Ada smiles at you and herself.
        Cy: Ada smiles at Ben and herself.
        > Ada: laugh at me, cy and ben
        Ada: You laugh at Cy, Ben and yourself.
        Ben: Ada laughs at Cy, you and herself.
        Cy: Ada laughs at you, Ben and herself.
        > Ada: smile at me and ada
        Ada: You smile at yourself.
        Ben: Ada smiles at herself.
        Cy: Ada smiles at herself.
        > Ada: smile at ben and keeper
        Ada: You see no "keeper" here.
        > Ada: smile at ben and chest
        Ada: You can only do that with a person, not with the wooden chest.
        > Ada: smile at everybody
        Ada: You smile at everybody.
        Ben: Ada smiles at everybody.
        Cy: Ada smiles at everybody.
        > Ada: hug all
        Ada: You hug everybody.
        Ben: Ada hugs everybody.
        Cy: Ada hugs everybody.
        > Ada: ruffle all
        Ada: You ruffle everybody's hair with your hand, and you are glad of them.
        Ben: Ada ruffles everybody's hair with her hand, and she is glad of them.
        Cy: Ada ruffles everybody's hair with her hand, and she is glad of them.
        > Ada: mope before everyone
        Ada: You mope before everybody and their hat, and they notice.
        Ben: Ada mopes before everybody and their hat, and they notice.
        Cy: Ada mopes before everybody and their hat, and they notice.
        (Ada stands in the Garden)
        > Ada: smile at all
        Ada: There is nobody else here.
        (Ada stands in the Cellar)
        > Ada: smile at all
        Ada: It is too dark to see that.
        """#,
        "several gestures in a line": #"""
        > Ada: smile. laugh
        Ada: You smile.
        Ben: Ada smiles.
        Cy: Ada smiles.
        Ada: You laugh.
        Ben: Ada laughs.
        Cy: Ada laughs.
        > Ada: smile at ben and hug cy, laugh
        Ada: You smile at Ben.
        Ben: Ada smiles at you.
        Cy: Ada smiles at Ben.
        Ada: You hug Cy.
        Ben: Ada hugs Cy.
        Cy: Ada hugs you.
        Ada: You laugh.
        Ben: Ada laughs.
        Cy: Ada laughs.
        > Ada: smile then get letter
        Ada: You smile.
        Ben: Ada smiles.
        Cy: Ada smiles.
        Ada: You take the letter from the table.
        Ben: Ada takes the letter from the table.
        Cy: Ada takes the letter from the table.
        """#,
        "a social at oneself": #"""
        > Ada: smile at me
        Ada: You smile at yourself.
        Ben: Ada smiles at herself.
        Cy: Ada smiles at herself.
        > Cy: laugh at cy
        Cy: You laugh at yourself.
        Ada: Cy laughs at themself.
        Ben: Cy laughs at themself.
        > Ben: hug me
        Ben: You hug yourself.
        Ada: Ben hugs himself.
        Cy: Ben hugs himself.
        """#,
        "socials in the dark": #"""
        (Ada stands in the Cellar)
        (Ben stands in the Cellar)
        > Ada: smile
        Ada: You smile.
        > Ada: laugh
        Ada: You laugh.
        Ben: Someone laughs.
        > Ada: smile at ben
        Ada: It is too dark to see that.
        > Ada: hug ben
        Ada: It is too dark to see that.
        """#,
        "emotes with names": #"""
        > Ada: emote winks at @ben and grins
        Ada: Ada winks at Ben and grins.
        Ben: Ada winks at you and grins.
        Cy: Ada winks at Ben and grins.
        > Ben: :shakes @ada's hand and @cy's, twice
        Ben: Ben shakes Ada's hand and Cy's, twice.
        Ada: Ben shakes your hand and Cy's, twice.
        Cy: Ben shakes Ada's hand and yours, twice.
        > Ada: emote puts @ben's hat on @cy's and @ben's head
        Ada: Ada puts Ben's hat on Cy's and Ben's head.
        Ben: Ada puts your hat on Cy's and your head.
        Cy: Ada puts Ben's hat on yours and Ben's head.
        > Ada: emote mails ada@ben @ noon @1
        Ada: Ada mails ada@ben @ noon @1.
        Ben: Ada mails ada@ben @ noon @1.
        Cy: Ada mails ada@ben @ noon @1.
        > Ada: emote pats @ada
        Ada: Ada pats Ada.
        Ben: Ada pats Ada.
        Cy: Ada pats Ada.
        > Ada: emote looks for @keeper
        Ada: You see no "keeper" here.
        > Ada: emote sees @ben @cy @ben @cy @ben @cy
        Ada: That is too many people at once.
        (Ada stands in the Cellar)
        (Ben stands in the Cellar)
        > Ada: emote winks at @ben
        Ada: It is too dark to see that.
        """#,
    ]
}
