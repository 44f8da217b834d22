package org.webtorrent4j.tracker.server.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/**
 * A socket for the UDP tracker protocol. It is bound when it is opened, so that somebody else can
 * be asked for the same port; its one thread runs from {@link #start} to {@link #close}.
 */
public final class UdpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpServer.class);
  private static final int MAX_PACKET = 2048;
  private static final int SECRET_LENGTH = 32;

  /** Bursts wait here while the thread is at work. */
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final DatagramChannel channel;
  private final PacketHandler handler;
  private final LongSupplier nanoClock;
  private final Thread thread = new Thread(this::run, "wt-tracker-udp");

  private UdpServer(DatagramChannel channel, PacketHandler handler, LongSupplier nanoClock) {
    this.channel = channel;
    this.handler = handler;
    this.nanoClock = nanoClock;
    thread.setDaemon(true);
  }

  /**
   * Takes a port, without answering yet.
   *
   * @param address where; of an unspecified address, IPv4 and IPv6 alike
   * @param interval how often peers are asked to announce
   * @throws IOException if it cannot have it
   */
  public static UdpServer open(
      InetSocketAddress address, SwarmTable swarms, Duration interval, LongSupplier nanoClock)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(address);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    byte[] secret = new byte[SECRET_LENGTH];
    new SecureRandom().nextBytes(secret);
    PacketHandler handler = new PacketHandler(swarms, interval, new ConnectionIds(secret));
    return new UdpServer(channel, handler, nanoClock);
  }

  /** Begins to answer. */
  public void start() {
    thread.start();
  }

  /** What it was asked for. */
  public RequestCounter requests() {
    return handler.requests();
  }

  private void run() {
    ByteBuffer packet = ByteBuffer.allocateDirect(MAX_PACKET);
    ByteBuffer reply = ByteBuffer.allocateDirect(PacketHandler.MAX_REPLY);
    while (channel.isOpen()) {
      try {
        answer(packet.clear(), reply.clear());
      } catch (ClosedChannelException e) {
        return; // by close()
      } catch (IOException e) {
        // Of one packet: its sender cannot be reached, or the system is out of buffers.
        LOG.debug("udp: {}", e.toString());
      } catch (RuntimeException e) {
        LOG.error("udp: a packet cannot be answered", e);
      }
    }
  }

  private void answer(ByteBuffer packet, ByteBuffer reply) throws IOException {
    if (!(channel.receive(packet) instanceof InetSocketAddress client)) {
      return;
    }
    handler.handle(packet.flip(), client, nanoClock.getAsLong(), reply);
    if (reply.position() > 0) {
      channel.send(reply.flip(), client);
    }
  }

  /** Stops answering and waits for its thread. Idempotent. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("udp: {}", e.toString());
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
