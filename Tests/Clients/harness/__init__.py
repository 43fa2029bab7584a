"""What the client tests share: a server under test, a recording telnet client, world files, a ledger of things."""
