import MuddProgram

Mudd.main()
