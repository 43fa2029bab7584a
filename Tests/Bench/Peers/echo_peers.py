"""Echo servers of other frameworks: echo_peers.py twisted|asyncio|uvloop [CERTIFICATE KEY].

Prints the port it listens on; with a certificate it speaks TLS 1.3.
"""

import sys


def run_twisted(*files):
    from twisted.internet import epollreactor

    epollreactor.install()
    from twisted.internet import protocol, reactor

    class Echo(protocol.Protocol):
        def connectionMade(self):
            self.transport.setTcpNoDelay(True)

        def dataReceived(self, data):
            self.transport.write(data)

    factory = protocol.Factory.forProtocol(Echo)
    factory.noisy = False
    if files:
        from OpenSSL import SSL, crypto
        from twisted.internet import ssl

        certificate, key = (open(name, "rb").read() for name in files)
        context = ssl.CertificateOptions(
            certificate=crypto.load_certificate(SSL.FILETYPE_PEM, certificate),
            privateKey=crypto.load_privatekey(SSL.FILETYPE_PEM, key), raiseMinimumTo=ssl.TLSVersion.TLSv1_3)
        port = reactor.listenSSL(0, factory, context, backlog=1024, interface="127.0.0.1")
    else:
        port = reactor.listenTCP(0, factory, backlog=1024, interface="127.0.0.1")
    print("LISTENING", port.getHost().port, flush=True)
    reactor.run()


def run_asyncio(loop, *files):
    import asyncio
    import ssl

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data)

    async def serve():
        context = None
        if files:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.minimum_version = ssl.TLSVersion.TLSv1_3
            context.load_cert_chain(*files)
        server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0, backlog=1024, ssl=context)
        print("LISTENING", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serve())


if __name__ == "__main__":
    match sys.argv[1:]:
        case "twisted", *files:
            run_twisted(*files)
        case "asyncio", *files:
            run_asyncio(None, *files)
        case "uvloop", *files:
            import uvloop

            run_asyncio(uvloop.new_event_loop, *files)
