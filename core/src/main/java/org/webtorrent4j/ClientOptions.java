package org.webtorrent4j;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.storage.FileStorage;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.Transport;

/**
 * The options of a client. Immutable; made by a {@link Builder}, which checks every value when it
 * is set. The defaults are meant to be right.
 */
public final class ClientOptions {
  /** Public trackers that {@link Client#seed} announces to unless told otherwise. */
  public static final List<String> PUBLIC_TRACKERS =
      List.of(
          "wss://tracker.openwebtorrent.com",
          "wss://tracker.webtorrent.dev",
          "wss://tracker.btorrent.xyz",
          "wss://tracker.files.fm:7073/announce",
          "wss://tracker.novage.com.ua",
          "http://tracker.opentrackr.org:1337/announce",
          "udp://tracker.opentrackr.org:1337/announce",
          "udp://open.stealth.si:80/announce");

  private final int port;
  private final List<InetAddress> bindAddresses;
  private final @Nullable Storage storage;
  private final List<String> trackers;
  private final Encryption encryption;
  private final long downloadLimit;
  private final long uploadLimit;
  private final int maxConnections;
  private final int maxConnectionsPerTorrent;
  private final int maxConnectionsPerAddress;
  private final int maxHalfOpen;
  private final int unchokeSlots;
  private final long bufferBytes;
  private final @Nullable Executor eventExecutor;
  private final @Nullable List<Transport> transports;

  private ClientOptions(Builder builder) {
    this.port = builder.port;
    this.bindAddresses = builder.bindAddresses;
    this.storage = builder.storage;
    this.trackers = builder.trackers;
    this.encryption = builder.encryption;
    this.downloadLimit = builder.downloadLimit;
    this.uploadLimit = builder.uploadLimit;
    this.maxConnections = builder.maxConnections;
    this.maxConnectionsPerTorrent = builder.maxConnectionsPerTorrent;
    this.maxConnectionsPerAddress = builder.maxConnectionsPerAddress;
    this.maxHalfOpen = builder.maxHalfOpen;
    this.unchokeSlots = builder.unchokeSlots;
    this.bufferBytes = builder.bufferBytes;
    this.eventExecutor = builder.eventExecutor;
    this.transports = builder.transports;
  }

  /** The defaults. */
  public static ClientOptions defaults() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The port to listen on; 0 = any free one. */
  public int port() {
    return port;
  }

  /** Local addresses to listen on, and to dial and to ask trackers from; empty = all. */
  public List<InetAddress> bindAddresses() {
    return bindAddresses;
  }

  /** Where downloads go; the current folder by default. */
  public Storage storage() {
    return storage != null ? storage : FileStorage.at(Path.of(""));
  }

  /** Announce URLs for what is seeded without naming trackers. */
  public List<String> trackers() {
    return trackers;
  }

  /** The policy for message stream encryption. */
  public Encryption encryption() {
    return encryption;
  }

  /** Bytes per second that may be received; 0 = no limit. */
  public long downloadLimit() {
    return downloadLimit;
  }

  /** Bytes per second that may be sent; 0 = no limit. */
  public long uploadLimit() {
    return uploadLimit;
  }

  /** How many peers may be connected in all. */
  public int maxConnections() {
    return maxConnections;
  }

  /** How many peers may be connected for one torrent. */
  public int maxConnectionsPerTorrent() {
    return maxConnectionsPerTorrent;
  }

  /** How many of them may come from one address of the internet; of IPv6, from one /64. */
  public int maxConnectionsPerAddress() {
    return maxConnectionsPerAddress;
  }

  /** How many connections may be in the making at once. */
  public int maxHalfOpen() {
    return maxHalfOpen;
  }

  /** How many peers of one torrent are served at once, the optimistic ones included. */
  public int unchokeSlots() {
    return unchokeSlots;
  }

  /** Bytes of memory for pieces that are being received or sent. */
  public long bufferBytes() {
    return bufferBytes;
  }

  /** Runs listeners; empty = a thread of the client. */
  public Optional<Executor> eventExecutor() {
    return Optional.ofNullable(eventExecutor);
  }

  /** The transports to use; empty = all that {@link java.util.ServiceLoader} finds. */
  public Optional<List<Transport>> transports() {
    return Optional.ofNullable(transports);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private int port;
    private List<InetAddress> bindAddresses = List.of();
    private @Nullable Storage storage;
    private List<String> trackers = PUBLIC_TRACKERS;
    private Encryption encryption = Encryption.ALLOWED;
    private long downloadLimit;
    private long uploadLimit;
    private int maxConnections = 500;
    private int maxConnectionsPerTorrent = 200;
    private int maxConnectionsPerAddress = 8;
    private int maxHalfOpen = 30;
    private int unchokeSlots = 8;
    private long bufferBytes = 64L << 20;
    private @Nullable Executor eventExecutor;
    private @Nullable List<Transport> transports;

    private Builder() {}

    /** The port to listen on, 0 to 65535; 0, the default, takes any free one. */
    public Builder port(int value) {
      this.port = (int) inRange("port", value, 0, 65535);
      return this;
    }

    /**
     * Local addresses to listen on, and to dial and to ask trackers from; none, the default, means
     * all.
     */
    public Builder bindAddresses(InetAddress... addresses) {
      Objects.requireNonNull(addresses, "addresses");
      this.bindAddresses = List.of(addresses);
      return this;
    }

    /** The folder that downloads go to, of any NIO file system. */
    public Builder directory(Path directory) {
      Objects.requireNonNull(directory, "directory");
      return storage(FileStorage.at(directory));
    }

    /** Where downloads go. */
    public Builder storage(Storage value) {
      Objects.requireNonNull(value, "value");
      this.storage = value;
      return this;
    }

    /**
     * Announce URLs for what is seeded without naming trackers, instead of {@link
     * ClientOptions#PUBLIC_TRACKERS}; may be empty.
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder trackers(List<String> urls) {
      Objects.requireNonNull(urls, "urls");
      this.trackers = NamedUrls.trackers(urls);
      return this;
    }

    /** The policy for message stream encryption; {@link Encryption#ALLOWED} by default. */
    public Builder encryption(Encryption policy) {
      Objects.requireNonNull(policy, "policy");
      this.encryption = policy;
      return this;
    }

    /** Bytes per second that may be received; 0, the default, sets no limit. */
    public Builder downloadLimit(long bytesPerSecond) {
      this.downloadLimit = inRange("downloadLimit", bytesPerSecond, 0, Long.MAX_VALUE);
      return this;
    }

    /** Bytes per second that may be sent; 0, the default, sets no limit. */
    public Builder uploadLimit(long bytesPerSecond) {
      this.uploadLimit = inRange("uploadLimit", bytesPerSecond, 0, Long.MAX_VALUE);
      return this;
    }

    /** How many peers may be connected in all; 500 by default. */
    public Builder maxConnections(int value) {
      this.maxConnections = (int) inRange("maxConnections", value, 1, 1_000_000);
      return this;
    }

    /** How many peers may be connected for one torrent; 200 by default. */
    public Builder maxConnectionsPerTorrent(int value) {
      this.maxConnectionsPerTorrent =
          (int) inRange("maxConnectionsPerTorrent", value, 1, 1_000_000);
      return this;
    }

    /**
     * How many peers of one torrent may be connected from one address of the internet (of IPv6,
     * from one /64); 8 by default. Addresses of this machine and of local networks have no limit.
     */
    public Builder maxConnectionsPerAddress(int value) {
      this.maxConnectionsPerAddress =
          (int) inRange("maxConnectionsPerAddress", value, 1, 1_000_000);
      return this;
    }

    /** How many connections may be in the making at once; 30 by default. */
    public Builder maxHalfOpen(int value) {
      this.maxHalfOpen = (int) inRange("maxHalfOpen", value, 1, 10_000);
      return this;
    }

    /** How many peers of one torrent are served at once; 8 by default. */
    public Builder unchokeSlots(int value) {
      this.unchokeSlots = (int) inRange("unchokeSlots", value, 1, 10_000);
      return this;
    }

    /** Memory for pieces on their way, in bytes, at least 1 MiB; 64 MiB by default. */
    public Builder bufferBytes(long value) {
      this.bufferBytes = inRange("bufferBytes", value, 1L << 20, Long.MAX_VALUE);
      return this;
    }

    /**
     * Runs listeners, one after the other, instead of a thread of the client. What it refuses, or
     * would run in the caller on the event loop, a thread of the client runs. Futures complete on
     * other threads of the client, so that a slow listener holds nobody up.
     */
    public Builder eventExecutor(Executor executor) {
      Objects.requireNonNull(executor, "executor");
      this.eventExecutor = executor;
      return this;
    }

    /** The transports to use; each instance serves one client only. */
    public Builder transports(List<Transport> values) {
      Objects.requireNonNull(values, "values");
      this.transports = List.copyOf(values);
      return this;
    }

    /** The finished options. */
    public ClientOptions build() {
      return new ClientOptions(this);
    }

    private static long inRange(String option, long value, long min, long max) {
      if (value < min || value > max) {
        throw new TorrentException(
            option + " is " + value + ", but must be from " + min + " to " + max);
      }
      return value;
    }
  }
}
