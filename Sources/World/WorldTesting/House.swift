import WorldModel

/// The world most transcripts play in: a house with one of everything the verbs know.
///
/// ```text
///   Garden
///     | oak door, iron key
///   Hall — east — Library
///     | stairs
///   Cellar (dark)
/// ```
///
/// Ada, Ben and Cy stand in the hall, and listen to the channels chat and news; there is also trade.
package enum House {
    package static func make() -> Stage {
        let stage = Stage()
        let hall = stage.room("Hall", "A high hall. Tapestries cover the walls.") {
            $0.set(.details, ["tapestries, tapestry, hunt": "A hunt, with more dogs than deer."])
        }
        let garden = stage.room("Garden", "Roses and gravel.")
        let cellar = stage.room("Cellar", "Damp stone.") { $0.set(.isDark, true) }
        let library = stage.room("Library", "Books to the ceiling.")
        let iron = stage.thing("iron key", in: hall)
        let door = stage.thing("oak door", in: nil, .door) {
            $0.set(.isOpenable, true)
            $0.set(.isLocked, true)
            $0.set(.key, iron)
        }
        stage.way(.north, from: hall, to: garden, door: door)
        stage.way(.down, from: hall, to: cellar, names: ["stairs"])
        stage.way(.east, from: hall, to: library, text: "Through an arch you see shelves.")
        furnishHall(stage, hall)
        furnishRest(stage, library, cellar)
        people(stage, hall, library)
        stage.change { world in
            if let root = world.root { world.set(.socials, to: socials, on: root) }
        }
        stage.channel("chat", "Talk about anything.", aliases: ["gossip"], isDefault: true)
        stage.channel("trade", "Who wants what.", guests: false)
        stage.channel("news", "What is new here.", isDefault: true, announce: true)
        return stage
    }

    private static let socials = [
        "smile": ["alone": "<smile>.", "at": "<smile> at <you>."],
        "laugh": ["alone": "<laugh>.", "at": "<laugh> at <you>.", "self": "<laugh> at <myself>.", "heard": "true"],
        "hug": ["at": "<hug> <you>.", "touch": "true"],
        "mope": ["alone": "<mope>.", "at": "<mope> before <you> and <their> hat, and <they> <notice>."],
        "ruffle": ["at": "<ruffle> <your> hair with <my> hand, and <i> <be> glad of <them>.", "touch": "true"],
    ]

    private static func furnishHall(_ stage: Stage, _ hall: Thing) {
        for name in ["brass lamp", "oil lamp"] {
            stage.thing(name, in: hall, .light) { $0.set(.isSwitchable, true) }
        }
        let chest = stage.thing("wooden chest", in: hall, .container) {
            $0.set(.isOpenable, true)
            $0.set(.fixed, "The chest is far too heavy.")
            $0.set(.initial, "A wooden chest stands by the wall.")
            $0.set(.description, "Oak, with iron bands.")
            $0.set(.capacity, 5)
        }
        let box = stage.thing("tin box", in: chest, .container) { $0.set(.isOpenable, true) }
        stage.thing("gold ring", in: box, .wearable) { $0.set(.slot, "finger") }
        let table = stage.thing("table", in: hall, .container) {
            $0.set(.isSurface, true)
            $0.set(.fixed, "The table stays where it is.")
        }
        stage.thing("letter", in: table) { $0.set(.readable, "Meet me in the garden.") }
        for _ in 1...3 { stage.thing("copper coin", in: hall) }
    }

    private static func furnishRest(_ stage: Stage, _ library: Thing, _ cellar: Thing) {
        let tiny = stage.thing("tiny key", in: library)
        let glass = stage.thing("glass case", in: library, .container) {
            $0.set(.isOpenable, true)
            $0.set(.isLocked, true)
            $0.set(.isTransparent, true)
            $0.set(.fixed, "The case is screwed to the floor.")
            $0.set(.key, tiny)
        }
        stage.thing("ruby", in: glass)
        for name in ["felt hat", "straw hat"] {
            stage.thing(name, in: library, .wearable) { $0.set(.slot, "head") }
        }
        stage.thing("work boots", in: library, .wearable) {
            $0.set(.article, "some")
            $0.set(.plural, "work boots")
            $0.set(.slot, "feet")
        }
        stage.thing("bottle", in: cellar)
    }

    private static func people(_ stage: Stage, _ hall: Thing, _ library: Thing) {
        stage.thing("keeper", in: library, .persona) {
            $0.set(.pronouns, "she")
            $0.set(.description, "She has seen worse days, and better.")
            $0.set(.topics, ["lamp, lamps, light": "The brass one is the better.", "garden": "*looks north.*"])
            $0.set(.greeting, "Good evening.")
            $0.set(.defaultReply, "I would not know.")
        }
        stage.thing("cat", in: library, .persona)
        stage.player("Ada", "she", in: hall)
        stage.player("Ben", "he", in: hall)
        stage.player("Cy", "they", in: hall)
    }
}
