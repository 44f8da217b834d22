package org.webtorrent4j.rtc.ice;

import java.net.InetSocketAddress;

/**
 * An address at which an end may be reached.
 *
 * @param priority 1 to 2^32 - 1; larger is better
 */
public record IceCandidate(Type type, InetSocketAddress address, long priority) {
  /** How an address was found; the more direct, the better. */
  public enum Type {
    /** The peer's own. */
    HOST(126),
    /** Seen by the other end, and nobody had named it. */
    PEER_REFLEXIVE(110),
    /** Seen by a STUN server. */
    SERVER_REFLEXIVE(100),
    /** That of a server which passes everything on. */
    RELAYED(0);

    private final int preference;

    Type(int preference) {
      this.preference = preference;
    }

    /**
     * A priority, RFC 8445 5.1.2.1.
     *
     * @param localPreference 0 to 65535
     */
    public long priority(int localPreference) {
      return ((long) preference << 24) + ((long) localPreference << 8) + 255;
    }
  }
}
