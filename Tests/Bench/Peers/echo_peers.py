"""Echo servers of other frameworks: echo_peers.py twisted|asyncio|uvloop. Prints the port it listens on."""

import sys


def run_twisted():
    from twisted.internet import epollreactor

    epollreactor.install()
    from twisted.internet import protocol, reactor

    class Echo(protocol.Protocol):
        def connectionMade(self):
            self.transport.setTcpNoDelay(True)

        def dataReceived(self, data):
            self.transport.write(data)

    port = reactor.listenTCP(0, protocol.Factory.forProtocol(Echo), backlog=1024, interface="127.0.0.1")
    print("LISTENING", port.getHost().port, flush=True)
    reactor.run()


def run_asyncio(loop):
    import asyncio

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data)

    async def serve():
        server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0, backlog=1024)
        print("LISTENING", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serve())


if __name__ == "__main__":
    match sys.argv[1]:
        case "twisted":
            run_twisted()
        case "asyncio":
            run_asyncio(None)
        case "uvloop":
            import uvloop

            run_asyncio(uvloop.new_event_loop)
