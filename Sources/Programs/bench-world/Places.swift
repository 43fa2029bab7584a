import Basics
import WorldModel
import WorldTesting
import WorldVerbs

let adjectives = ["brass", "oak", "old", "small", "green", "iron", "tin", "long", "bent", "wet"]
let nouns = ["lamp", "chair", "book", "key", "box", "rope", "cup", "plate", "nail", "stone", "glove", "pipe"]

/// A room of so many things and players, with a dark one below and windows into two others, in a world of so many other
/// things; the first player is Ada.
func makeRoom(things: Int, players: Int, elsewhere: Int = 0) -> (Stage, Thing) {
    let stage = Stage()
    stage.isChecking = false
    let hall = stage.room("Hall", "A high hall. Tapestries cover the walls.")
    for (direction, name) in [(Direction.north, "Garden"), (.east, "Library"), (.down, "Cellar")] {
        let room = stage.room(name, "A room.") { $0.set(.isDark, direction == .down) }
        stage.way(direction, from: hall, to: room)
        stage.change { world in
            for exit in hall.contents where exit.has(.exit) { world.set(.isView, to: true, on: exit) }
        }
    }
    for index in 0..<things {
        let name = "\(adjectives[index % adjectives.count]) \(nouns[(index / 7) % nouns.count])"
        stage.thing(name, in: hall)
    }
    var room: Thing?
    for index in 0..<elsewhere {
        if index % 20 == 0 { room = stage.room("Room \(index)", "A room like any other.") }
        stage.thing("\(adjectives[index % adjectives.count]) \(nouns[index % nouns.count])", in: room)
    }
    let ada = stage.player("Ada", "she", in: hall)
    for index in 1..<max(players, 1) {
        let letters = [index / 676, index / 26 % 26, index % 26].map { Character(Unicode.Scalar(UInt8(97 + $0))) }
        stage.player("Player" + String(letters), in: hall)
    }
    return (stage, ada)
}

/// The longest line that a session takes, in octets.
let longestLine = 2048

/// Lines that people type, and such as are typed to do harm.
let lines: [(name: String, text: String)] = [
    ("a thing by adjective and noun", "x brass lamp"), ("what is not there", "get zebra"), ("a beginning", "x lam"),
    ("an ordinal", "get 3.stone"), ("all but some", "get all except lamps"), ("two things", "put key in box"),
    ("a person", "give cup to ben"), ("a chain", "get cup from second box"), ("two commands", "get key then x key"),
    ("what is misspelt", "get lmap"), ("several", "get 2 lamps, 3 books and all keys except the brass one"),
    ("adjectives, 2,000 octets", "x " + String(repeating: "brass ", count: 332) + "lamp"),
    ("and, 2,000 octets", "get " + String(repeating: "lamp and ", count: 225) + "key"),
    ("and alone, 2,000 octets", String(repeating: "and ", count: 510)),
    ("commands, 2,000 octets", String(repeating: "get lamp and ", count: 156) + "x key"),
    ("text, 2,000 octets", "say " + String(repeating: "word ", count: 400)),
    ("one word, 2,000 octets", String(repeating: "a", count: 2000)),
    ("one name, 2,000 octets", "get " + String(repeating: "zebra", count: 400)),
    ("full stops, 2,000 octets", "x lamp" + String(repeating: ". x key", count: 280)),
    ("links, 2,000 octets", "x lamp" + String(repeating: " in box", count: 280)),
    ("names that are none, 20", "get " + (0..<20).map { "zebra\($0)" }.joined(separator: " and ")),
    ("long names that are none", "get " + String(repeating: "quagga ", count: 23)),
    ("signs, 2,000 octets", "get " + String(repeating: "\u{1F642} ", count: 400)),
]
