import ArgumentParser
import Glibc

// Everything a server makes is its owner's alone.
umask(0o077)
Mudd.main()
