import MuddProgram
import Roses

Mudd.main(plugins: [Roses.self])
