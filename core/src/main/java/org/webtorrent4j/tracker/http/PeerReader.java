package org.webtorrent4j.tracker.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BList;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.FoundPeers;

/** Gathers the peers that a tracker names, in compact form (BEP 7, 23) or as a list (BEP 3). */
final class PeerReader {
  private static final int MAX_HOST = 253;
  // Exactly what the JDK takes for a literal: anything else it would ask a name server for.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+");

  private final FoundPeers found = new FoundPeers();

  /** What was found. */
  List<InetSocketAddress> peers() {
    return found.peers();
  }

  /**
   * Reads one value; anything but a string or a list counts as none.
   *
   * @param addressLength of the compact form
   * @throws TrackerException if it is a list of something else than peers
   */
  void read(@Nullable BValue value, int addressLength) throws TrackerException {
    if (value instanceof BString compact) {
      found.readCompact(compact.buffer(), addressLength);
    } else if (value instanceof BList list) {
      for (BValue peer : list) {
        readPeer(peer);
      }
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
      found.add(literal(host), port.getAsInt());
    } else if (HOST.matcher(host).matches() && host.length() <= MAX_HOST) {
      found.addHost(host, port.getAsInt());
    } else {
      throw new TrackerException("invalid answer: a peer without a valid address");
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
}
