import JSONWire

extension MUDMedia {
    /// The body of `Client.Media.Load`: `{"name":"rain.mp3","url":"https://example.org/sounds/"}`.
    var gmcpFile: JSONValue {
        var body = JSONObject()
        body.set("name", name)
        body.set("url", url)
        return .object(body)
    }

    /// The body of `Client.Media.Play`: the file, `type`, and what else is not left to the client.
    var gmcp: JSONValue {
        var body = gmcpFile.objectValue ?? JSONObject()
        body.set("type", kind.rawValue)
        body.set("tag", tag)
        body.set("key", key)
        body.set("volume", volume)
        body.set("fadein", fadeIn)
        body.set("fadeout", fadeOut)
        body.set("loops", loops)
        body.set("priority", priority)
        if let goesOn { body["continue"] = .bool(goesOn) }
        body.set("caption", caption)
        return .object(body)
    }

    /// Reads such a body; nil without a file's name.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue, let name = fields.text("name") else { return nil }
        self.init(name: name, url: fields.text("url"))
        kind = fields.text("type").flatMap(Kind.init(rawValue:)) ?? .sound
        tag = fields.text("tag")
        key = fields.text("key")
        volume = fields.integer("volume")
        fadeIn = fields.integer("fadein")
        fadeOut = fields.integer("fadeout")
        loops = fields.integer("loops")
        priority = fields.integer("priority")
        goesOn = fields["continue"]?.looseFlag
        caption = fields.text("caption")
    }
}

extension MUDMedia.Stop {
    /// The body of `Client.Media.Stop`: `{"type":"music"}`, or `{}` for all.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("name", name)
        body.set("type", kind?.rawValue)
        body.set("tag", tag)
        body.set("key", key)
        return .object(body)
    }

    /// Reads such a body.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(
            name: fields.text("name"), kind: fields.text("type").flatMap(MUDMedia.Kind.init(rawValue:)),
            tag: fields.text("tag"), key: fields.text("key"))
    }
}
