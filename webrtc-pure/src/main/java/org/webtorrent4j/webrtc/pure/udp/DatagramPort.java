package org.webtorrent4j.webrtc.pure.udp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;

/**
 * A UDP socket of one address family, for all peers of an engine. Opened on any thread; from {@link
 * #start} on confined to the event loop.
 */
public final class DatagramPort {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramPort.class);

  /** Longer ones are nobody's of ours. */
  private static final int MAX_DATAGRAM = 2_048;

  /** Then other channels have their turn. */
  private static final int MAX_PER_TURN = 64;

  /** The system counts twice the bytes of a full packet, and one buffer serves all peers. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  private static final int SEND_BUFFER = 1 << 20;

  /** Datagrams that wait for the socket; what is too much is lost, as on any way. */
  private static final int MAX_WAITING = 512;

  private final DatagramChannel channel;
  private final int port;
  private final byte[] received = new byte[MAX_DATAGRAM];
  private final ByteBuffer view = ByteBuffer.wrap(received);
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private EventLoop.@Nullable Registration registration;
  private @Nullable Receiver receiver;

  /** Told of what has come. */
  public interface Receiver {
    /** A datagram; the bytes are on loan, from the start of the array. */
    void onDatagram(byte[] data, int length, InetSocketAddress from);
  }

  private record Waiting(ByteBuffer data, InetSocketAddress to) {}

  private DatagramPort(DatagramChannel channel, int port) {
    this.channel = channel;
    this.port = port;
  }

  /**
   * Binds a socket to all addresses of a family.
   *
   * @param minPort the first to try; 0 = any
   * @param maxPort the last to try
   * @throws IOException if there is no such family here, or all ports are taken
   */
  public static DatagramPort open(ProtocolFamily family, int minPort, int maxPort)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(family);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      bind(channel, minPort, maxPort);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      LOG.debug("UDP port {}, {}", port, channel.getOption(StandardSocketOptions.SO_RCVBUF));
      return new DatagramPort(channel, port);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void bind(DatagramChannel channel, int minPort, int maxPort) throws IOException {
    for (int port = minPort; port < maxPort; port++) {
      try {
        channel.bind(new InetSocketAddress(port));
        return;
      } catch (BindException e) {
        // the next one may be free
      }
    }
    channel.bind(new InetSocketAddress(maxPort));
  }

  /** The port that was bound. */
  public int port() {
    return port;
  }

  /** Begins to receive. */
  public void start(EventLoop loop, Receiver newReceiver) throws IOException {
    receiver = newReceiver;
    registration = loop.register(channel, SelectionKey.OP_READ, this::onReady);
  }

  private void onReady(int readyOps) {
    if ((readyOps & SelectionKey.OP_WRITE) != 0) {
      sendWaiting();
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      receive();
    }
  }

  private void receive() {
    Receiver to = receiver;
    for (int i = 0; i < MAX_PER_TURN && to != null && channel.isOpen(); i++) {
      InetSocketAddress from;
      view.clear();
      try {
        from = (InetSocketAddress) channel.receive(view);
      } catch (IOException e) {
        LOG.debug("receiving failed", e);
        return;
      }
      if (from == null) {
        return;
      }
      if (view.hasRemaining()) { // else it may have been longer
        to.onDatagram(received, view.position(), from);
      }
    }
  }

  /** Sends a datagram, now or as soon as the socket takes it; one that cannot be sent is lost. */
  public void send(byte[] data, int offset, int length, InetSocketAddress to) {
    if (!waiting.isEmpty() || !sendNow(ByteBuffer.wrap(data, offset, length), to)) {
      if (waiting.size() < MAX_WAITING) {
        byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
        waiting.add(new Waiting(ByteBuffer.wrap(copy), to));
      }
      watch(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  private void sendWaiting() {
    for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!sendNow(next.data, next.to)) {
        return;
      }
      waiting.remove();
    }
    watch(SelectionKey.OP_READ);
  }

  private void watch(int ops) {
    EventLoop.Registration watched = registration;
    if (watched != null) {
      watched.interestOps(ops);
    }
  }

  /** Whether it is dealt with: sent, or impossible to send. */
  private boolean sendNow(ByteBuffer datagram, InetSocketAddress to) {
    try {
      return !channel.isOpen() || channel.send(datagram, to) > 0;
    } catch (IOException | RuntimeException e) {
      LOG.trace("nothing can be sent to {}", to, e);
      return true;
    }
  }

  /**
   * Which of our addresses the system would send from, to get to another. Sends nothing.
   *
   * @throws IOException if there is no way
   */
  public static InetAddress sourceFor(ProtocolFamily family, InetAddress to) throws IOException {
    try (DatagramChannel scratch = DatagramChannel.open(family)) {
      scratch.connect(new InetSocketAddress(to, 9));
      return ((InetSocketAddress) scratch.getLocalAddress()).getAddress();
    } catch (RuntimeException e) {
      throw new IOException(e); // no such family
    }
  }

  /** Gives the port back. Idempotent. */
  public void close() {
    waiting.clear();
    EventLoop.Registration watched = registration;
    if (watched != null) {
      watched.cancel();
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a UDP port failed", e);
    }
  }
}
