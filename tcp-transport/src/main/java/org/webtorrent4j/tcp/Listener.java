package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;

/** A socket that listens. Confined to the event loop. */
final class Listener {
  private static final Logger logger = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 128;
  private static final int ACCEPTS_PER_TURN = 32;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final Consumer<SocketChannel> accepted;
  private final EventLoop.Registration registration;
  private EventLoop.@Nullable Timer pause;

  private Listener(EventLoop loop, ServerSocketChannel channel, Consumer<SocketChannel> accepted)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.accepted = accepted;
    channel.configureBlocking(false);
    registration = loop.register(channel, SelectionKey.OP_ACCEPT, ready -> accept());
  }

  /**
   * Listens on a port.
   *
   * @param address the local address; null = all, of IPv6 too where there is IPv6
   * @param port 0 = any free one
   * @param accepted is given the non-blocking channels of those who connect
   * @throws IOException if that is not possible; its message names the port
   */
  static Listener open(
      EventLoop loop, @Nullable InetAddress address, int port, Consumer<SocketChannel> accepted)
      throws IOException {
    ServerSocketChannel channel = bind(address, port);
    try {
      return new Listener(loop, channel, accepted);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static ServerSocketChannel bind(@Nullable InetAddress address, int port)
      throws IOException {
    InetSocketAddress local = new InetSocketAddress(address, port);
    try {
      return bind(ServerSocketChannel.open(), local);
    } catch (BindException e) {
      throw new IOException("cannot listen on " + local + ": " + e.getMessage(), e);
    } catch (IOException | UnsupportedOperationException e) {
      // The machine has IPv6, but does not let us use it.
      try {
        return bind(ServerSocketChannel.open(StandardProtocolFamily.INET), local);
      } catch (IOException | UnsupportedOperationException again) {
        throw new IOException("cannot listen on " + local + ": " + again.getMessage(), e);
      }
    }
  }

  private static ServerSocketChannel bind(ServerSocketChannel channel, InetSocketAddress local)
      throws IOException {
    try {
      // A client that is started again finds its port though old connections linger there.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(local, BACKLOG);
    } catch (IOException | UnsupportedOperationException e) {
      channel.close();
      throw e;
    }
  }

  /** The port it listens on. */
  int port() {
    return channel.socket().getLocalPort();
  }

  private void accept() {
    try {
      for (int i = 0; i < ACCEPTS_PER_TURN && channel.isOpen(); i++) {
        SocketChannel socket = channel.accept();
        if (socket == null) {
          return;
        }
        handOn(socket);
      }
    } catch (IOException e) {
      // Too many open files, most likely: the channel stays ready, trying at once would spin.
      logger.debug("accepting failed on port {}", port(), e);
      registration.interestOps(0);
      pause = loop.schedule(PAUSE_NANOS, () -> registration.interestOps(SelectionKey.OP_ACCEPT));
    }
  }

  private void handOn(SocketChannel socket) throws IOException {
    try {
      socket.configureBlocking(false);
      accepted.accept(socket);
    } catch (RuntimeException e) {
      // A bug of ours; it costs this connection and not those of later.
      logger.error("an accepted connection was lost", e);
      socket.close();
    }
  }

  /** Stops listening. */
  void close() {
    if (pause != null) {
      pause.cancel();
    }
    registration.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      logger.debug("a listening socket closed with an error", e);
    }
  }
}
