package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network that keeps what is sent, and delivers what a test says. */
final class FakeDatagrams implements Datagrams.Factory, Datagrams {
  /** What was sent and not taken yet. */
  final List<Packet> sent = new ArrayList<>();

  final Set<InetAddress> unreachable = new HashSet<>();
  int opened;
  int closed;
  private @Nullable Receiver receiver;

  /** A datagram on its way to a tracker. */
  record Packet(InetSocketAddress to, ByteBuffer bytes) {
    boolean isConnect() {
      return bytes.getLong(0) == 0x41727101980L && bytes.remaining() == 16;
    }

    long connectionId() {
      return bytes.getLong(0);
    }

    int action() {
      return bytes.getInt(8);
    }

    int transactionId() {
      return bytes.getInt(12);
    }

    int event() {
      return bytes.getInt(80);
    }
  }

  /** The only packet that waits; removes it. */
  Packet take() {
    if (sent.size() != 1) {
      throw new AssertionError("sent " + sent);
    }
    return sent.remove(0);
  }

  /** The packet that waits for this address; removes it. */
  Packet takeTo(InetSocketAddress to) {
    for (Packet packet : sent) {
      if (packet.to().equals(to)) {
        sent.remove(packet);
        return packet;
      }
    }
    throw new AssertionError("nothing to " + to + " in " + sent);
  }

  /** Delivers a reply to a packet. */
  void reply(Packet packet, int action, String bodyHex) {
    deliver(packet.to(), action, packet.transactionId(), bodyHex);
  }

  /** Delivers a reply. */
  void deliver(InetSocketAddress from, int action, int transactionId, String bodyHex) {
    byte[] body = HexFormat.of().parseHex(bodyHex.replace(" ", ""));
    ByteBuffer bytes = ByteBuffer.allocate(8 + body.length);
    deliver(from, bytes.putInt(action).putInt(transactionId).put(body).flip());
  }

  /** Delivers a datagram, if somebody listens. */
  void deliver(InetSocketAddress from, ByteBuffer bytes) {
    if (receiver != null) {
      receiver.onDatagram(from, bytes);
    }
  }

  @Override
  public Datagrams open(Receiver listener) {
    opened++;
    receiver = listener;
    return this;
  }

  @Override
  public void send(InetSocketAddress to, ByteBuffer packet) throws IOException {
    if (unreachable.contains(to.getAddress())) {
      throw new ConnectException("Network is unreachable");
    }
    sent.add(new Packet(to, packet.duplicate()));
  }

  @Override
  public void close() {
    closed++;
    receiver = null;
  }
}
