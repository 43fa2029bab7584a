import JSONWire

extension MUDChannel {
    /// An element of `Comm.Channel.List`: `{"name":"newbie","caption":"Newbie","command":"newbie"}`.
    var gmcp: JSONValue { ["name": .line(name), "caption": .line(caption), "command": .line(command)] }

    /// Reads such an element; nil without a name.
    init?(gmcp body: JSONValue) {
        guard let name = body["name"]?.looseText else { return nil }
        self.init(
            name: name, caption: body["caption"]?.looseText ?? name, command: body["command"]?.looseText ?? name)
    }
}

extension MUDSpeech {
    /// The body of `Comm.Channel.Text`: `{"channel":"newbie","talker":"Ada","text":"Ada: Hello."}`.
    var gmcp: JSONValue { ["channel": .line(channel), "talker": .line(talker), "text": .line(text)] }

    /// Reads such a body; nil without a channel or a text.
    init?(gmcp body: JSONValue) {
        guard let channel = body["channel"]?.looseText, let text = body["text"]?.looseText else { return nil }
        self.init(channel: channel, talker: body["talker"]?.looseText ?? "", text: text)
    }
}

extension MUDListener {
    /// An element of `Comm.Channel.Players`: `{"name":"Ada","channels":["Newbie"]}`, perhaps without channels.
    var gmcp: JSONValue {
        var body = JSONObject()
        body.set("name", name)
        if !channels.isEmpty { body["channels"] = .lines(channels) }
        return .object(body)
    }

    /// Reads such an element; nil without a name.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue, let name = fields.text("name") else { return nil }
        self.init(name: name, channels: fields.texts("channels"))
    }
}
