import Glibc

// What the world costs without any door:
//   bench-world turns [WORD]     `look`, `say` and others in crowded rooms; only those that begin with WORD
//   bench-world lines [COUNT]    reading ordinary and hostile lines in a room of COUNT things
//   bench-world load COUNT       bringing a world of COUNT things into memory
//   bench-world fill FILE COUNT  makes a database with such a world
//   bench-world read FILE        bringing the world of a database into memory
//   bench-world guards           whether time grows with size as it should; exits with 1 when it does not
// Times are of this thread's CPU.

let arguments = Array(CommandLine.arguments.dropFirst())
let count = arguments.last.flatMap { Int($0) } ?? 0

switch (arguments.first, arguments.count) {
case ("turns"?, 1): measureTurns()
case ("turns"?, 2): measureTurns(arguments[1])
case ("lines"?, 1): measureLines()
case ("lines"?, 2) where count > 0: measureLines(things: count)
case ("load"?, 2) where count > 0: measureLoading(count)
case ("fill"?, 3) where count > 0: fill(arguments[1], count)
case ("read"?, 2): measureReading(arguments[1])
case ("guards"?, 1): if !tryGuards() { exit(1) }
default:
    print("usage: bench-world turns [WORD] | lines [COUNT] | load COUNT | fill FILE COUNT | read FILE | guards")
    exit(2)
}
