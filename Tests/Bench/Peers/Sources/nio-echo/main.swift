import Glibc
import NIOCore
import NIOPosix
import NIOSSL

// An echo server: `nio-echo [CERTIFICATE KEY]` prints `LISTENING port`; with a certificate it speaks TLS 1.3.

/// Writes back what it reads, flushed once for each read.
final class EchoHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.write(data, promise: nil) }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    // Clients of the benchmark may leave without waiting for a goodbye.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

func makeSecurity(certificate: String, key: String) throws -> NIOSSLContext {
    var settings = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    settings.minimumTLSVersion = .tlsv13
    return try NIOSSLContext(configuration: settings)
}

let words = CommandLine.arguments
let security = words.count == 3 ? try makeSecurity(certificate: words[1], key: words[2]) : nil
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let channel = try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 1024)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            if let security { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security)) }
            try channel.pipeline.syncOperations.addHandler(EchoHandler())
        }
    }
    .bind(host: "127.0.0.1", port: 0).get()
print("LISTENING \(channel.localAddress?.port ?? 0)")
fflush(nil)
try await channel.closeFuture.get()
