import WorldPlugins

// snippet: plugin-verb
/// What can be smelt from afar.
let fragrant = GameCapability("fragrant", summary: "It smells, and everybody notices.")

private let timesSmelt = GameProperty("times-smelt", of: "roses")

let smell = GameVerb(
    "smell", aliases: ["sniff"], group: .looking, usage: ["smell THING"], summary: "Smell at something.",
    help: "Tells how something smells. Example: `smell rose`.", forms: [[.thing]]
) { scene in
    guard let thing = scene.things.first else { return }
    try scene.mustReach(thing)
    guard thing.has(fragrant) else { throw scene.refuse("\(thing) \(verb: "smell") of nothing.") }
    let times = (thing.number(timesSmelt) ?? 0) + 1
    scene.set(timesSmelt, of: thing, to: times)
    scene.announce("\(scene.actor) \(verb: "smell") at \(the: thing).")
    scene.reply("It is the \(plain: "\(times)"). time that somebody does.")
}
// snippet ends
