package org.webtorrent4j.tracker.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BList;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;
import org.webtorrent4j.tracker.TrackerException;

/**
 * Gathers the peers that a tracker names, in compact form (BEP 7, 23) or as a list (BEP 3).
 *
 * <pre>
 * compact: address (4 or 16) | port (2) | address | port | ...
 * </pre>
 */
final class PeerReader {
  static final int IPV4_LENGTH = 4;
  static final int IPV6_LENGTH = 16;

  private static final int MAX_PEERS = 2000;
  private static final int MAX_HOST = 253;
  // Exactly what the JDK takes for a literal: anything else it would ask a name server for.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+");

  private final Set<InetSocketAddress> peers = new LinkedHashSet<>();

  /** What was found: no address twice, none that cannot be a peer's, at most 2000. */
  List<InetSocketAddress> peers() {
    return new ArrayList<>(peers);
  }

  /**
   * Reads one value; anything but a string or a list counts as none.
   *
   * @param addressLength of the compact form
   * @throws TrackerException if it is a list of something else than peers
   */
  void read(@Nullable BValue value, int addressLength) throws TrackerException {
    if (value instanceof BString compact) {
      readCompact(compact.buffer(), addressLength);
    } else if (value instanceof BList list) {
      for (BValue peer : list) {
        readPeer(peer);
      }
    }
  }

  /** A tail that is no whole peer is ignored: some trackers cut their answers. */
  private void readCompact(ByteBuffer bytes, int addressLength) {
    byte[] address = new byte[addressLength];
    while (bytes.remaining() >= addressLength + 2 && peers.size() < MAX_PEERS) {
      bytes.get(address);
      add(address(address), bytes.getShort() & 0xffff);
    }
  }

  private void readPeer(BValue value) throws TrackerException {
    if (!(value instanceof BDict peer)) {
      throw new TrackerException("invalid answer: a peer that is no dictionary");
    }
    String host = peer.text("ip").orElse("");
    OptionalInt port = peer.integer("port", 0, 65535);
    if (port.isEmpty()) {
      throw new TrackerException("invalid answer: a peer without a valid port");
    }
    if (IPV4.matcher(host).matches() || IPV6.matcher(host).matches()) {
      add(literal(host), port.getAsInt());
    } else if (HOST.matcher(host).matches() && host.length() <= MAX_HOST) {
      if (port.getAsInt() != 0 && peers.size() < MAX_PEERS) {
        peers.add(InetSocketAddress.createUnresolved(host, port.getAsInt()));
      }
    } else {
      throw new TrackerException("invalid answer: a peer without a valid address");
    }
  }

  private void add(InetAddress address, int port) {
    boolean isNobody =
        port == 0
            || address.isAnyLocalAddress()
            || address.isMulticastAddress()
            || (address.getAddress()[0] == -1 && address.getAddress().length == IPV4_LENGTH);
    if (!isNobody && peers.size() < MAX_PEERS) {
      peers.add(new InetSocketAddress(address, port));
    }
  }

  /** An address literal; never asks a name server. */
  private static InetAddress literal(String text) throws TrackerException {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new TrackerException("invalid answer: a peer without a valid address", e);
    }
  }

  /** The address of these bytes; one of IPv4 in IPv6 becomes one of IPv4. */
  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for lengths other than 4 and 16
    }
  }
}
