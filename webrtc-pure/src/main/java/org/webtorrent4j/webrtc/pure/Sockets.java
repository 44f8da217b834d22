package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.pure.udp.DatagramPort;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/**
 * The sockets of an engine, one for each address family that there is, and where they can be
 * reached. Opened on any thread, then confined to the event loop.
 */
final class Sockets {
  private final Optional<DatagramPort> v4;
  private final Optional<DatagramPort> v6;
  private final List<InetSocketAddress> addresses;
  private final List<InetAddress> own;
  private final boolean allowLoopback;

  private Sockets(
      Optional<DatagramPort> v4,
      Optional<DatagramPort> v6,
      List<InetAddress> own,
      boolean allowLoopback) {
    this.v4 = v4;
    this.v6 = v6;
    this.own = own;
    this.allowLoopback = allowLoopback;
    List<InetSocketAddress> all = new ArrayList<>();
    for (InetAddress address : own) {
      port(address).ifPresent(port -> all.add(new InetSocketAddress(address, port.port())));
    }
    this.addresses = List.copyOf(all);
  }

  static Sockets open(RtcSettings settings) throws IOException {
    return open(settings, LocalAddresses.find(settings.allowLoopback()));
  }

  /** More ports of the same machine; does not block. */
  Sockets openMore(RtcSettings settings) throws IOException {
    return open(settings, own);
  }

  private static Sockets open(RtcSettings settings, List<InetAddress> own) throws IOException {
    Optional<DatagramPort> v4 = tryOpen(StandardProtocolFamily.INET, settings);
    Optional<DatagramPort> v6 = tryOpen(StandardProtocolFamily.INET6, settings);
    if (v4.isEmpty() && v6.isEmpty()) {
      throw new IOException("no UDP port to be had");
    }
    return new Sockets(v4, v6, own, settings.allowLoopback());
  }

  private static Optional<DatagramPort> tryOpen(ProtocolFamily family, RtcSettings settings) {
    try {
      return Optional.of(DatagramPort.open(family, settings.minPort(), settings.maxPort()));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // the other family may do
    }
  }

  /** Where peers can reach us. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Whether anything may be sent to an address. */
  boolean isUsable(InetSocketAddress to) {
    InetAddress address = to.getAddress();
    return address != null
        && to.getPort() > 0
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !address.getHostAddress().equals("255.255.255.255")
        && (allowLoopback || !address.isLoopbackAddress())
        && port(address).isPresent();
  }

  void start(EventLoop loop, DatagramPort.Receiver receiver) throws IOException {
    for (Optional<DatagramPort> port : List.of(v4, v6)) {
      if (port.isPresent()) {
        port.get().start(loop, receiver);
      }
    }
  }

  void send(byte[] data, int offset, int length, InetSocketAddress to) {
    port(to.getAddress()).ifPresent(port -> port.send(data, offset, length, to));
  }

  private Optional<DatagramPort> port(InetAddress address) {
    return address instanceof Inet4Address ? v4 : v6;
  }

  void close() {
    v4.ifPresent(DatagramPort::close);
    v6.ifPresent(DatagramPort::close);
  }
}
