package org.webtorrent4j.tracker.server;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** What WebSockets may do at a tracker server. Immutable. */
public final class WebSocketOptions {
  /** As browsers write it; null is what pages from files and sandboxes name. */
  private static final Pattern ORIGIN =
      Pattern.compile("null|[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[^\\s/?#:@A-Z]+)(:[0-9]{1,5})?");

  private final Duration announceInterval;
  private final int maxOffers;
  private final int maxSockets;
  private final int maxSocketsPerAddress;
  private final int maxTorrentsPerSocket;
  private final int maxMessagesPerSecond;
  private final Set<String> allowedOrigins;

  private WebSocketOptions(Builder builder) {
    this.announceInterval = builder.announceInterval;
    this.maxOffers = builder.maxOffers;
    this.maxSockets = builder.maxSockets;
    this.maxSocketsPerAddress = builder.maxSocketsPerAddress;
    this.maxTorrentsPerSocket = builder.maxTorrentsPerSocket;
    this.maxMessagesPerSecond = builder.maxMessagesPerSecond;
    this.allowedOrigins = builder.allowedOrigins;
  }

  /** Options to be changed before they are built. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How often peers are asked to announce; one that is silent twice as long and half a minute more
   * is forgotten, and a socket that sends no message for as long is closed.
   */
  public Duration announceInterval() {
    return announceInterval;
  }

  /** How many offers of one announce are relayed. */
  public int maxOffers() {
    return maxOffers;
  }

  /** How many sockets may be open. */
  public int maxSockets() {
    return maxSockets;
  }

  /** How many of them may come from the same address, or IPv6 network. */
  public int maxSocketsPerAddress() {
    return maxSocketsPerAddress;
  }

  /** How many torrents are kept that one socket announces. */
  public int maxTorrentsPerSocket() {
    return maxTorrentsPerSocket;
  }

  /** How many messages a second of one socket are read, if it sends for long. */
  public int maxMessagesPerSecond() {
    return maxMessagesPerSecond;
  }

  /** The web origins whose pages may connect; empty = all. */
  public Set<String> allowedOrigins() {
    return allowedOrigins;
  }

  /** Changes options. For one thread. */
  public static final class Builder {
    private Duration announceInterval = Duration.ofMinutes(2);
    private int maxOffers = 20;
    private int maxSockets = 10_000;
    private int maxSocketsPerAddress = 100;
    private int maxTorrentsPerSocket = 20_000;
    private int maxMessagesPerSecond = 100;
    private Set<String> allowedOrigins = Set.of();

    private Builder() {}

    /**
     * How often peers are asked to announce; 2 minutes by default. It is shorter than that of other
     * protocols because offers are only passed on with an announce.
     *
     * @throws IllegalArgumentException unless it is 1 second to 1 day
     */
    public Builder announceInterval(Duration value) {
      announceInterval = TrackerOptions.checkedInterval(value);
      return this;
    }

    /** How many offers of one announce are relayed, 20 by default; further ones are ignored. */
    public Builder maxOffers(int value) {
      maxOffers = TrackerOptions.positive(value);
      return this;
    }

    /** How many sockets may be open, 10 000 by default; others are turned away. */
    public Builder maxSockets(int value) {
      maxSockets = TrackerOptions.positive(value);
      return this;
    }

    /**
     * How many of them may come from the same address, 100 by default; others are turned away. The
     * addresses of an IPv6 network of 64 bits count as one.
     */
    public Builder maxSocketsPerAddress(int value) {
      maxSocketsPerAddress = TrackerOptions.positive(value);
      return this;
    }

    /**
     * How many torrents are kept that one socket announces, 20 000 by default; the one announced
     * longest ago makes room.
     */
    public Builder maxTorrentsPerSocket(int value) {
      maxTorrentsPerSocket = TrackerOptions.positive(value);
      return this;
    }

    /**
     * How many messages a second of one socket are read, 100 by default. After a rest a hundred
     * times as many are read at once, for a client that reconnects announces all its torrents;
     * whatever comes faster has to wait. A message of more than 8 KiB counts as several.
     */
    public Builder maxMessagesPerSecond(int value) {
      maxMessagesPerSecond = TrackerOptions.positive(value);
      return this;
    }

    /**
     * Lets only pages of these web origins connect, such as {@code https://example.org}; by default
     * all may. Programs other than browsers name no origin, and are not held up by this.
     *
     * @throws IllegalArgumentException if one is no origin, which has no path
     */
    public Builder allowedOrigins(Set<String> value) {
      for (String origin : value) {
        if (!ORIGIN.matcher(origin).matches()) {
          throw new IllegalArgumentException(origin + " is no web origin");
        }
      }
      allowedOrigins = Set.copyOf(value);
      return this;
    }

    /** The options as they are now. */
    public WebSocketOptions build() {
      return new WebSocketOptions(this);
    }
  }
}
