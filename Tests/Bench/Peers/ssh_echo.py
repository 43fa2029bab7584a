"""An SSH server of Twisted Conch whose shell gives back what it gets: ssh_echo.py HOSTKEY AUTHORIZED_KEY

It prints the port that the system chose, and serves until it is ended. Any name may come in with the one key.
"""

import sys

from twisted.conch import avatar, interfaces
from twisted.conch.checkers import SSHPublicKeyChecker
from twisted.conch.ssh import factory, keys, session, userauth, connection
from twisted.cred.portal import Portal
from twisted.internet import protocol, reactor
from zope.interface import implementer


class Echo(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


@implementer(interfaces.ISession)
class Player(avatar.ConchUser):
    def __init__(self):
        super().__init__()
        self.channelLookup[b"session"] = session.SSHSession

    def getPty(self, term, size, modes):
        pass

    def openShell(self, transport):
        echo = Echo()
        echo.makeConnection(transport)
        transport.makeConnection(session.wrapProtocol(echo))

    def execCommand(self, transport, command):
        self.openShell(transport)

    def windowChanged(self, size):
        pass

    def eofReceived(self):
        pass

    def closed(self):
        pass


class Realm:
    def requestAvatar(self, name, mind, *wanted):
        return interfaces.IConchUser, Player(), lambda: None


class Names:
    def __init__(self, key):
        self.key = key

    def getAuthorizedKeys(self, name):
        return [self.key]


def main():
    host = keys.Key.fromFile(sys.argv[1])
    portal = Portal(Realm())
    portal.registerChecker(SSHPublicKeyChecker(Names(keys.Key.fromFile(sys.argv[2]))))
    server = factory.SSHFactory()
    server.publicKeys = {host.sshType(): host.public()}
    server.privateKeys = {host.sshType(): host}
    server.services = {b"ssh-userauth": userauth.SSHUserAuthServer, b"ssh-connection": connection.SSHConnection}
    server.portal = portal
    port = reactor.listenTCP(0, server, interface="127.0.0.1")
    print(port.getHost().port, flush=True)
    reactor.run()


if __name__ == "__main__":
    main()
