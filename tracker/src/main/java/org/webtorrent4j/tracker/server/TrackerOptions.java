package org.webtorrent4j.tracker.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a tracker server is to run. Immutable. */
public final class TrackerOptions {
  private final int port;
  private final Optional<InetAddress> bindAddress;
  private final Optional<String> host;
  private final OptionalInt udpPort;
  private final Duration announceInterval;
  private final boolean trustsProxy;
  private final int maxTorrents;
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
    this.trustsProxy = builder.trustsProxy;
    this.maxTorrents = builder.maxTorrents;
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

  /** Whether a peer's address is what the last proxy says in {@code X-Forwarded-For}. */
  public boolean trustsProxy() {
    return trustsProxy;
  }

  /** How many torrents are kept. */
  public int maxTorrents() {
    return maxTorrents;
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
    private boolean trustsProxy;
    private int maxTorrents = 100_000;
    private int maxPeers = 1_000_000;
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
     * tracker is for; give the loopback address for a tracker of this host alone.
     */
    public Builder bindAddress(InetAddress value) {
      bindAddress = Optional.of(value);
      return this;
    }

    /** The host name of announce URLs; without one they name an address. */
    public Builder host(String value) {
      host = Optional.of(value);
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
     * Takes a peer's address from the last entry of {@code X-Forwarded-For}, for HTTP and
     * WebSockets. Only for a tracker that nobody can reach but through a proxy of yours: anybody
     * else may write what he likes. Without it, limits per address would take the proxy for a
     * crowd.
     */
    public Builder trustProxy(boolean value) {
      trustsProxy = value;
      return this;
    }

    /** How many torrents are kept, 100 000 by default; the one silent longest makes room. */
    public Builder maxTorrents(int value) {
      maxTorrents = positive(value);
      return this;
    }

    /** How many peers are kept in all, 1 000 000 by default; the most silent torrent makes room. */
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
