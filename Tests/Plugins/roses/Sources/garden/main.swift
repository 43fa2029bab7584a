// snippet: plugin-main
import MuddProgram
import Roses

Mudd.main(plugins: [Roses.self])
// snippet ends
