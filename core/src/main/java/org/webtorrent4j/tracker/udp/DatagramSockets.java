package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.net.LocalAddresses;

/**
 * One non-blocking socket per address family, opened when it is needed first. Confined to the event
 * loop.
 */
final class DatagramSockets implements Datagrams {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramSockets.class);

  /** Some 900 peers of IPv6, far more than we ask for; what is longer is cut. */
  private static final int MAX_LENGTH = 16 << 10;

  /** After so many datagrams others get their turn, so that a flood cannot stop the loop. */
  private static final int MAX_PER_TURN = 64;

  private final EventLoop loop;
  private final LocalAddresses local;
  private final Receiver receiver;
  private final Family ipv4 = new Family(StandardProtocolFamily.INET);
  private final Family ipv6 = new Family(StandardProtocolFamily.INET6);
  private boolean closed;

  DatagramSockets(EventLoop loop, LocalAddresses local, Receiver receiver) {
    this.loop = loop;
    this.local = local;
    this.receiver = receiver;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) throws IOException {
    assert loop.inLoop();
    Family family = to.getAddress() instanceof Inet6Address ? ipv6 : ipv4;
    family.open(to.getAddress()).send(packet, to);
  }

  @Override
  public void close() {
    assert loop.inLoop();
    closed = true;
    ipv4.close();
    ipv6.close();
  }

  /** The socket of one address family. */
  private final class Family implements EventLoop.ReadyHandler {
    private final ProtocolFamily protocol;
    private @Nullable DatagramChannel channel;

    Family(ProtocolFamily protocol) {
      this.protocol = protocol;
    }

    DatagramChannel open(InetAddress remote) throws IOException {
      if (closed) {
        throw new IOException("the client is closing");
      }
      DatagramChannel present = channel;
      if (present == null) {
        present = openChannel(local.towards(remote));
        channel = present;
      }
      return present;
    }

    private DatagramChannel openChannel(InetSocketAddress from) throws IOException {
      DatagramChannel opened;
      try {
        opened = DatagramChannel.open(protocol);
      } catch (UnsupportedOperationException e) {
        throw new IOException("this host does not speak " + protocol.name(), e);
      }
      try {
        opened.configureBlocking(false);
        opened.bind(from.getAddress().isAnyLocalAddress() ? null : from);
        loop.register(opened, SelectionKey.OP_READ, this);
        return opened;
      } catch (IOException e) {
        opened.close();
        throw e;
      }
    }

    @Override
    public void onReady(int readyOps) {
      ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);
      try {
        for (int i = 0; i < MAX_PER_TURN && channel != null; i++) {
          bytes.clear();
          if (!(channel.receive(bytes) instanceof InetSocketAddress from)) {
            return;
          }
          receiver.onDatagram(from, bytes.flip());
        }
      } catch (IOException e) {
        LOG.debug("receiving failed", e);
      }
    }

    void close() {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException e) {
          LOG.debug("closing failed", e);
        }
        channel = null;
      }
    }
  }
}
