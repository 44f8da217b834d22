package org.webtorrent4j.tracker.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.webtorrent4j.tracker.server.http.HostName;
import org.webtorrent4j.tracker.server.http.TrustedProxies;

/** How a tracker server is to run. Immutable. */
public final class TrackerOptions {
  private final int port;
  private final Optional<InetAddress> bindAddress;
  private final Optional<String> host;
  private final OptionalInt udpPort;
  private final Duration announceInterval;
  private final Set<String> trustedProxies;
  private final boolean believesIp;
  private final int maxTorrents;
  private final int maxTorrentsPerAddress;
  private final int maxConnectionsPerAddress;
  private final int maxPeers;
  private final int maxPeersPerTorrent;
  private final int maxPeersPerAddress;
  private final WebSocketOptions webSocket;

  private TrackerOptions(Builder builder) {
    this.port = builder.port;
    this.bindAddress = builder.bindAddress;
    this.host = builder.host;
    this.udpPort = builder.isUdp ? OptionalInt.of(builder.udpPort) : OptionalInt.empty();
    this.announceInterval = builder.announceInterval;
    this.trustedProxies = builder.trustedProxies;
    this.believesIp = builder.believesIp;
    this.maxTorrents = builder.maxTorrents;
    this.maxTorrentsPerAddress = builder.maxTorrentsPerAddress;
    this.maxConnectionsPerAddress = builder.maxConnectionsPerAddress;
    this.maxPeers = builder.maxPeers;
    this.maxPeersPerTorrent = builder.maxPeersPerTorrent;
    this.maxPeersPerAddress = builder.maxPeersPerAddress;
    this.webSocket = builder.webSocket;
  }

  /** Options to be changed before they are built. */
  public static Builder builder() {
    return new Builder();
  }

  /** The TCP port; 0 = any free one. */
  public int port() {
    return port;
  }

  /** Where it listens; empty = on all interfaces. */
  public Optional<InetAddress> bindAddress() {
    return bindAddress;
  }

  /** The host name of announce URLs, if one was given. */
  public Optional<String> host() {
    return host;
  }

  /** The UDP port; 0 = the number of the TCP port; empty = no announces by UDP. */
  public OptionalInt udpPort() {
    return udpPort;
  }

  /**
   * How often peers are asked to announce by HTTP and UDP; one that is silent twice as long is
   * forgotten.
   */
  public Duration announceInterval() {
    return announceInterval;
  }

  /** The addresses and networks of proxies that are believed; empty = none. */
  public Set<String> trustedProxies() {
    return trustedProxies;
  }

  /** Whether peers of this host and its private networks may announce another address. */
  public boolean believesIp() {
    return believesIp;
  }

  /** How many torrents are kept. */
  public int maxTorrents() {
    return maxTorrents;
  }

  /** How many torrents are kept that one address, or IPv6 network, has brought. */
  public int maxTorrentsPerAddress() {
    return maxTorrentsPerAddress;
  }

  /** How many HTTP connections one address, or IPv6 network, may have open. */
  public int maxConnectionsPerAddress() {
    return maxConnectionsPerAddress;
  }

  /** How many peers are kept of all torrents together. */
  public int maxPeers() {
    return maxPeers;
  }

  /** How many peers of a torrent are kept. */
  public int maxPeersPerTorrent() {
    return maxPeersPerTorrent;
  }

  /** How many peers of a torrent are kept that have the same address, or IPv6 network. */
  public int maxPeersPerAddress() {
    return maxPeersPerAddress;
  }

  /** What WebSockets may do. */
  public WebSocketOptions webSocket() {
    return webSocket;
  }

  /** Changes options. For one thread. */
  public static final class Builder {
    private int port;
    private Optional<InetAddress> bindAddress = Optional.empty();
    private Optional<String> host = Optional.empty();
    private boolean isUdp = true;
    private int udpPort;
    private Duration announceInterval = Duration.ofMinutes(10);
    private Set<String> trustedProxies = Set.of();
    private boolean believesIp;
    private int maxTorrents = 100_000;
    private int maxTorrentsPerAddress = 20_000;
    private int maxConnectionsPerAddress = 100;
    private int maxPeers = 500_000;
    private int maxPeersPerTorrent = 1000;
    private int maxPeersPerAddress = 50;
    private WebSocketOptions webSocket = WebSocketOptions.builder().build();

    private Builder() {}

    /**
     * The TCP port; 0, the default, takes any that is free.
     *
     * @throws IllegalArgumentException unless it is 0 to 65535
     */
    public Builder port(int value) {
      port = checkedPort(value);
      return this;
    }

    /**
     * Listens at this address only. The default is all interfaces, for peers elsewhere are what a
     * tracker is for; give the loopback address for a tracker of this host alone, or of a proxy on
     * it. On a host with several addresses, answers by UDP leave from whichever the system takes
     * unless this names one: clients drop those that come from another than they asked.
     */
    public Builder bindAddress(InetAddress value) {
      bindAddress = Optional.of(value);
      return this;
    }

    /**
     * The host name of announce URLs, or an address; without one they name where it listens.
     *
     * @throws IllegalArgumentException if it is no host name or address, such as a whole URL
     */
    public Builder host(String value) {
      host = Optional.of(HostName.checked(value));
      return this;
    }

    /** Whether it also listens for announces by UDP, which it does by default. */
    public Builder udp(boolean value) {
      isUdp = value;
      return this;
    }

    /**
     * The UDP port; 0, the default, is the same number as the TCP port.
     *
     * @throws IllegalArgumentException unless it is 0 to 65535
     */
    public Builder udpPort(int value) {
      udpPort = checkedPort(value);
      return this;
    }

    /**
     * How often peers are asked to announce by HTTP and UDP; 10 minutes by default.
     *
     * @throws IllegalArgumentException unless it is 1 second to 1 day
     */
    public Builder announceInterval(Duration value) {
      announceInterval = checkedInterval(value);
      return this;
    }

    /**
     * Believes proxies on this host, for HTTP and WebSockets; short for {@link #trustedProxies}
     * with {@code 127.0.0.0/8} and {@code ::1}.
     */
    public Builder trustProxy(boolean value) {
      return trustedProxies(value ? Set.of("127.0.0.0/8", "::1") : Set.of());
    }

    /**
     * Believes the proxies at these addresses, such as {@code 10.1.2.3}, or in these networks, such
     * as {@code 172.16.0.0/12}, for HTTP and WebSockets; none by default. The address of whoever
     * asks through them is the last in {@code X-Forwarded-For} that is none of theirs, or in {@code
     * Forwarded} if there is no other header. Without it, limits per address take a proxy for a
     * crowd. A proxy should set one of the two headers and drop what it was sent of the other.
     *
     * @throws IllegalArgumentException if one is neither an address nor a network
     */
    public Builder trustedProxies(Set<String> value) {
      TrustedProxies.of(value);
      trustedProxies = Set.copyOf(value);
      return this;
    }

    /**
     * Lets peers of this host and its private networks announce another address than their own by
     * the parameter {@code ip}, by HTTP; not by default. It never counts in a request that has come
     * through a proxy.
     */
    public Builder believeIp(boolean value) {
      believesIp = value;
      return this;
    }

    /**
     * How many torrents are kept, 100 000 by default. The address that holds most makes room, the
     * torrent silent longest first.
     */
    public Builder maxTorrents(int value) {
      maxTorrents = positive(value);
      return this;
    }

    /**
     * How many torrents are kept that one address has brought, 20 000 by default; of these the one
     * silent longest makes room. The addresses of an IPv6 network of 64 bits count as one.
     */
    public Builder maxTorrentsPerAddress(int value) {
      maxTorrentsPerAddress = positive(value);
      return this;
    }

    /**
     * How many HTTP connections one address may have open, 100 by default; others are closed. Those
     * of trusted proxies are not counted, nor are WebSockets, which have a limit of their own.
     */
    public Builder maxConnectionsPerAddress(int value) {
      maxConnectionsPerAddress = positive(value);
      return this;
    }

    /**
     * How many peers are kept in all, 500 000 by default. The address that holds most makes room,
     * its oldest peer first; one address may hold a tenth of them.
     */
    public Builder maxPeers(int value) {
      maxPeers = positive(value);
      return this;
    }

    /** How many peers of a torrent are kept, 1000 by default; the one silent longest makes room. */
    public Builder maxPeersPerTorrent(int value) {
      maxPeersPerTorrent = positive(value);
      return this;
    }

    /**
     * How many of them may have the same address, 50 by default; the oldest makes room. The
     * addresses of an IPv6 network of 64 bits count as one.
     */
    public Builder maxPeersPerAddress(int value) {
      maxPeersPerAddress = positive(value);
      return this;
    }

    /** What WebSockets may do. */
    public Builder webSocket(WebSocketOptions value) {
      webSocket = value;
      return this;
    }

    /** The options as they are now. */
    public TrackerOptions build() {
      return new TrackerOptions(this);
    }
  }

  private static int checkedPort(int value) {
    if (value < 0 || value > 65535) {
      throw new IllegalArgumentException("port " + value);
    }
    return value;
  }

  static Duration checkedInterval(Duration value) {
    if (value.toSeconds() < 1 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("announce interval " + value);
    }
    return value;
  }

  static int positive(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("a limit of " + value);
    }
    return value;
  }
}
