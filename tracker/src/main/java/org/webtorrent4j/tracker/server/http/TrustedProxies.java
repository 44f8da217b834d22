package org.webtorrent4j.tracker.server.http;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/** The addresses of proxies whose word on who asks through them is believed. Immutable. */
public final class TrustedProxies {
  private static final class Block {
    private final byte[] network;
    private final int prefixBits;

    Block(byte[] network, int prefixBits) {
      this.network = network;
      this.prefixBits = prefixBits;
    }

    boolean contains(InetAddress address) {
      byte[] bytes = address.getAddress();
      if (bytes.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < prefixBits; bit += Byte.SIZE) {
        int mask = 0xff << Math.max(0, Byte.SIZE - (prefixBits - bit));
        if (((bytes[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Block> blocks;

  private TrustedProxies(List<Block> blocks) {
    this.blocks = blocks;
  }

  /**
   * Proxies at these addresses; an entry is an address such as {@code 10.1.2.3} or a network such
   * as {@code fd00::/8}.
   *
   * @throws IllegalArgumentException if an entry is something else
   */
  public static TrustedProxies of(Collection<String> entries) {
    return new TrustedProxies(entries.stream().map(TrustedProxies::block).toList());
  }

  private static Block block(String entry) {
    String[] parts = entry.strip().split("/", -1);
    byte[] network =
        AddressLiteral.parse(parts[0])
            .orElseThrow(() -> new IllegalArgumentException(entry + " is no address or network"))
            .getAddress();
    int most = network.length * Byte.SIZE;
    int bits =
        parts.length == 2 && parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
    if (parts.length == 1) {
      return new Block(network, most);
    }
    if (parts.length > 2 || bits < 0 || bits > most) {
      throw new IllegalArgumentException(entry + " is no address or network");
    }
    return new Block(network, bits);
  }

  /** Whether a proxy stands there. */
  public boolean contains(InetAddress address) {
    for (Block block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
