package org.webtorrent4j.tracker.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BList;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;
import org.webtorrent4j.tracker.net.FoundPeers;

/** Gathers the peers that a tracker names, in compact form (BEP 7, 23) or as a list (BEP 3). */
final class PeerReader {
  private static final int MAX_HOST = 253;
  // Exactly what the JDK takes for a literal: anything else it would ask a name server for.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+");

  private final FoundPeers found;

  /**
   * A reader.
   *
   * @param isFromInternet whether the tracker is there
   */
  PeerReader(boolean isFromInternet) {
    this.found = new FoundPeers(isFromInternet);
  }

  /** What was found. */
  List<InetSocketAddress> peers() {
    return found.peers();
  }

  /**
   * Reads one value; anything but a string or a list counts as none, and what is no peer does not
   * spoil those beside it.
   *
   * @param addressLength of the compact form
   */
  void read(@Nullable BValue value, int addressLength) {
    if (value instanceof BString compact) {
      found.readCompact(compact.buffer(), addressLength);
    } else if (value instanceof BList list) {
      for (BValue peer : list) {
        if (peer instanceof BDict dict) {
          readPeer(dict);
        } else if (peer instanceof BString compact) {
          found.readCompact(compact.buffer(), addressLength);
        }
      }
    }
  }

  private void readPeer(BDict peer) {
    String host = peer.text("ip").orElse("").strip();
    int port = port(peer);
    if (IPV4.matcher(host).matches() || IPV6.matcher(host).matches()) {
      literal(host).ifPresent(address -> found.add(address, port));
    } else if (HOST.matcher(host).matches() && host.length() <= MAX_HOST) {
      found.addHost(host, port);
    }
  }

  /** A number, as text with some trackers; 0 = none. */
  private static int port(BDict peer) {
    OptionalInt port = peer.integer("port", 0, 65535);
    String text = peer.text("port").orElse("");
    if (port.isEmpty() && text.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(text);
      return number > 65535 ? 0 : number;
    }
    return port.orElse(0);
  }

  /** An address literal; never asks a name server. */
  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
