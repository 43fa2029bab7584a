import WorldModel
import WorldTesting
import WorldVerbs

/// What single turns cost in a crowded room; only those that begin with a word, if one is given.
func measureTurns(_ word: String = "") {
    var table = Table("one turn, µs of CPU", "p50", "p99", "max", "aim")
    func add(_ name: String, _ aim: String, rounds: Int = 2000, _ body: () -> Void) {
        if !name.hasPrefix(word) { return }
        let spread = measure(rounds: rounds, body)
        table.add(name, rounded(spread.median), rounded(spread.p99), rounded(spread.maximum), aim)
    }
    let (small, visitor) = makeRoom(things: 15, players: 5)
    add("look, 15 things, 5 players", "p50 ≤ 30") { _ = small.play("look", by: visitor) }
    let (stage, ada) = makeRoom(things: 200, players: 50)
    add("look, 200 things, 50 players", "p99 ≤ 100") { _ = stage.play("look", by: ada) }
    add("examine, 200 things, 50 players", "") { _ = stage.play("x second brass lamp", by: ada) }
    add("say, 50 listeners", "") { _ = stage.play("say Good evening to you all.", by: ada) }
    add("a refusal, 200 things, 50 players", "") { _ = stage.play("get zebra", by: ada) }
    add("get and drop, 200 things, 50 players", "") {
        _ = stage.play("get brass lamp", by: ada)
        _ = stage.play("drop brass lamp", by: ada)
    }
    let (square, speaker) = makeRoom(things: 10, players: 1000)
    add("say, 1,000 listeners", "", rounds: 500) { _ = square.play("say Good evening to you all.", by: speaker) }
    square.channel("chat", isDefault: true)
    add("chat, 1,000 listeners", "", rounds: 500) { _ = square.play("chat Good evening to you all.", by: speaker) }
    table.show()
}

/// What reading a line costs, however it is made, in a crowded room.
func measureLines(things: Int = 200) {
    let (stage, ada) = makeRoom(things: things, players: 50)
    var table = Table("reading one line, \(things) things, 50 players, µs of CPU", "p50", "p99", "max", "aim")
    for (name, text) in lines {
        let spread = measure(rounds: 400) { _ = stage.parse(text, by: ada) }
        table.add(name, rounded(spread.median), rounded(spread.p99), rounded(spread.maximum), "p99 ≤ 200")
    }
    var grammar = LineGrammar(seed: 1)
    let random = (0..<2_000).map { _ in grammar.line(for: ada, on: stage) }
    var times: [Double] = []
    for line in random {
        let start = cpuMicroseconds()
        _ = stage.parse(line, by: ada)
        times.append(cpuMicroseconds() - start)
    }
    let spread = Spread(times)
    table.add(
        "2,000 lines at random, each once", rounded(spread.median), rounded(spread.p99), rounded(spread.maximum),
        "p99 ≤ 200")
    table.show()
}
