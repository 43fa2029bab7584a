import JSONWire

extension MUDClientPackage {
    /// The body of `Client.GUI`: `{"version":"3","url":"https://example.org/gui.mpackage"}`.
    var gmcp: JSONValue { ["version": .line(version), "url": .line(url)] }

    /// Reads such a body, also the older one of two lines of text; nil without an address.
    init?(gmcp body: JSONValue) {
        if let lines = body.stringValue?.split(separator: "\n"), lines.count == 2 {
            self.init(version: String(lines[0]), url: String(lines[1]))
        } else if let url = body["url"]?.stringValue {
            self.init(version: body["version"]?.looseText ?? "", url: url)
        } else {
            return nil
        }
    }
}

extension MUDDiscord.Info {
    /// The body of `External.Discord.Info`: `{"inviteurl":"https://…","applicationid":"…"}`, either left out.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("inviteurl", inviteURL)
        body.set("applicationid", applicationID)
        return .object(body)
    }

    /// Reads such a body.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(inviteURL: fields.text("inviteurl"), applicationID: fields.text("applicationid"))
    }
}

extension MUDDiscord.Status {
    /// The body of `External.Discord.Status`.
    ///
    /// ```text
    ///   {"game":"…","details":"…","state":"…","starttime":1700000000,"partysize":2,"partymax":4}
    /// ```
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("game", game)
        body.set("details", details)
        body.set("state", state)
        body.set("starttime", startTime)
        body.set("partysize", partySize)
        body.set("partymax", partyMaximum)
        return .object(body)
    }

    /// Reads such a body.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(game: fields.text("game") ?? "")
        details = fields.text("details")
        state = fields.text("state")
        startTime = fields.integer("starttime")
        partySize = fields.integer("partysize")
        partyMaximum = fields.integer("partymax")
    }
}
