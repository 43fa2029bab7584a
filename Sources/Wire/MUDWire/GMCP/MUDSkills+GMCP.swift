import JSONWire

extension MUDSkills.Group {
    /// An element of `Char.Skills.Groups`: `{"name":"Woods","rank":"novice"}`.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("name", name)
        if !rank.isEmpty { body.set("rank", rank) }
        return .object(body)
    }

    /// Reads an element, also one that is only a name.
    init?(gmcp body: JSONValue) {
        guard let name = body["name"]?.looseText ?? body.looseText else { return nil }
        self.init(name: name, rank: body["rank"]?.looseText ?? "")
    }
}

extension MUDSkills.List {
    /// The body of `Char.Skills.List`: `{"group":"Woods","list":["climb"],"desc":["Get up trees"]}`.
    var gmcp: JSONValue {
        [
            "group": .line(group), "list": .lines(skills.map(\.name)), "desc": .lines(skills.map(\.summary)),
        ]
    }

    /// Reads such a body; nil without a group.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue, let group = fields.text("group") else { return nil }
        let summaries = fields.texts("desc")
        self.init(group: group)
        for (index, name) in fields.texts("list").enumerated() {
            skills.append(Entry(name: name, summary: index < summaries.count ? summaries[index] : ""))
        }
    }
}

extension MUDSkills.Info {
    /// The body of `Char.Skills.Info`: `{"group":"Woods","skill":"climb","info":"…"}`.
    var gmcp: JSONValue {
        ["group": .line(group), "skill": .line(skill), "info": .string(MUDText.lines(text))]
    }

    /// Reads such a body; nil without a skill.
    init?(gmcp body: JSONValue) {
        guard let skill = body["skill"]?.looseText else { return nil }
        self.init(group: body["group"]?.looseText ?? "", skill: skill, text: body["info"]?.looseText ?? "")
    }
}
