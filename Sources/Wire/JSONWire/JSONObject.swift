/// The members of a JSON object, in the order in which they were given.
///
/// Names are compared code point by code point, so that two spellings of one letter are two names (RFC 8259
/// section 8.3); of two members with the same name the last one counts, at the place of the first.
///
/// - Complexity: a look-up is linear in the number of members.
/// - Source: RFC 8259 section 4.
package struct JSONObject: Hashable, Sendable {
    /// One name and its value.
    package struct Member: Hashable, Sendable {
        package let name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// All members, each name once.
    package private(set) var members: [Member]

    /// Makes an object without members.
    package init() { members = [] }

    /// Makes an object of members of which no two have the same name.
    init(distinct members: [Member]) { self.members = members }

    /// Whether there are no members.
    package var isEmpty: Bool { members.isEmpty }

    /// The value of the member of this name; nil removes the member.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// A name that is equal to another only when it is written with the same code points, as Swift's strings are not.
struct ExactName: Hashable {
    let text: String

    static func == (left: ExactName, right: ExactName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
