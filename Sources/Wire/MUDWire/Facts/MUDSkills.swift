/// What a character can do, in groups; `Char.Skills.*` in GMCP.
package enum MUDSkills {
    /// A group of skills.
    package struct Group: Hashable, Sendable {
        package var name: String
        /// How far the character has come in it, in words; empty where there are no ranks.
        package var rank: String

        package init(name: String, rank: String = "") {
            self.name = name
            self.rank = rank
        }
    }

    /// The skills of one group.
    package struct List: Hashable, Sendable {
        /// One skill and what it is for, in a line.
        package struct Entry: Hashable, Sendable {
            package var name: String
            package var summary: String

            package init(name: String, summary: String = "") {
                self.name = name
                self.summary = summary
            }
        }

        package var group: String
        package var skills: [Entry]

        package init(group: String, skills: [Entry] = []) {
            self.group = group
            self.skills = skills
        }
    }

    /// One skill, explained.
    package struct Info: Hashable, Sendable {
        package var group: String
        package var skill: String
        /// Lines are ended by LF.
        package var text: String

        package init(group: String, skill: String, text: String) {
            self.group = group
            self.skill = skill
            self.text = text
        }
    }
}
