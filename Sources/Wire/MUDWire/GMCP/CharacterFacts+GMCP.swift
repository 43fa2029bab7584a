import JSONWire

extension MUDPerson {
    /// The body of `Char.Name`, and an element of `Room.Players`: `{"name":"Ada","fullname":"Ada the Bold"}`.
    var gmcp: JSONValue { ["name": .line(name), "fullname": .line(fullName)] }

    /// Reads such a body; nil without a name.
    init?(gmcp body: JSONValue) {
        guard let name = body["name"]?.looseText else { return nil }
        self.init(name: name, fullName: body["fullname"]?.looseText ?? name)
    }
}

extension MUDVitals {
    /// The body of `Char.Vitals`.
    ///
    /// ```text
    ///   {"hp":40,"maxhp":60,"mp":7,"string":"hp:40/60 mp:7","charstats":["Carries: 3"]}
    /// ```
    var gmcp: JSONValue {
        var body = JSONObject()
        for gauge in gauges {
            let name = MUDText.line(gauge.name)
            body.set(name, gauge.value)
            body.set("max" + name, gauge.maximum)
        }
        let words = gauges.map { gauge in
            "\(gauge.name):\(gauge.value)" + (gauge.maximum.map { "/\($0)" } ?? "")
        }
        body.set("string", words.joined(separator: " "))
        if !remarks.isEmpty { body["charstats"] = .lines(remarks) }
        return .object(body)
    }

    /// Reads the body of `Char.Vitals`: what is a number, with what it may be at most.
    init?(gmcp body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(remarks: fields.texts("charstats"))
        for member in fields.members.prefix(Self.mostMembers) {
            guard member.name != "string", let value = member.value.looseInteger,
                !Self.isMaximum(member.name, in: fields)
            else { continue }
            gauges.append(Gauge(name: member.name, value: value, maximum: fields.integer("max" + member.name)))
        }
    }

    /// Members that are looked at; servers send ten to twenty, and each is looked up among all.
    private static let mostMembers = 128

    private static func isMaximum(_ name: String, in fields: JSONObject) -> Bool {
        name.hasPrefix("max") && fields[String(name.dropFirst(3))] != nil
    }
}

extension MUDStatus {
    /// The body of `Char.StatusVars`: `{"race":"Race","position":"Position"}`.
    var gmcpCaptions: JSONValue { body(\.caption) }

    /// The body of `Char.Status`: `{"race":"elf","position":"sitting"}`.
    var gmcpValues: JSONValue { body(\.value) }

    private func body(_ part: KeyPath<Variable, String>) -> JSONValue {
        var body = JSONObject()
        for variable in variables { body.set(MUDText.line(variable.name), variable[keyPath: part]) }
        return .object(body)
    }

    /// Reads captions, without values.
    init?(gmcpCaptions body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(
            variables: fields.members.compactMap { member in
                member.value.looseText.map { Variable(name: member.name, caption: $0, value: "") }
            })
    }

    /// Reads values, without captions.
    init?(gmcpValues body: JSONValue) {
        guard let fields = body.objectValue else { return nil }
        self.init(
            variables: fields.members.compactMap { member in
                member.value.looseText.map { Variable(name: member.name, caption: "", value: $0) }
            })
    }
}
