import Glibc
import NIOCore
import NIOPosix

/// Writes back what it reads, flushed once for each read.
final class EchoHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.write(data, promise: nil) }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
}

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let channel = try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 1024)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in channel.pipeline.addHandler(EchoHandler()) }
    .bind(host: "127.0.0.1", port: 0).get()
print("LISTENING \(channel.localAddress?.port ?? 0)")
fflush(nil)
try await channel.closeFuture.get()
