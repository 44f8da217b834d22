package org.webtorrent4j.webrtc;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of the WebRTC transport. Immutable; made by a {@link Builder}, which checks every
 * value when it is set.
 */
public final class WebRtcOptions {
  /** The public STUN servers that WebTorrent uses in browsers, too. */
  public static final List<IceServer> PUBLIC_STUN =
      List.of(
          IceServer.stun("stun:stun.l.google.com:19302"),
          IceServer.stun("stun:global.stun.twilio.com:3478"));

  private final List<IceServer> iceServers;
  private final int minPort;
  private final int maxPort;
  private final int maxConnections;
  private final int maxOffers;
  private final boolean loopback;
  private final @Nullable String provider;

  private WebRtcOptions(Builder builder) {
    this.iceServers = builder.iceServers;
    this.minPort = builder.minPort;
    this.maxPort = builder.maxPort;
    this.maxConnections = builder.maxConnections;
    this.maxOffers = builder.maxOffers;
    this.loopback = builder.loopback;
    this.provider = builder.provider;
  }

  /** The defaults. */
  public static WebRtcOptions defaults() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** STUN and TURN servers; empty = none. */
  public List<IceServer> iceServers() {
    return iceServers;
  }

  /** The first UDP port that may be used; 0 = any. */
  public int minPort() {
    return minPort;
  }

  /** The last UDP port that may be used; 0 = any. */
  public int maxPort() {
    return maxPort;
  }

  /** How many WebRTC connections there may be, those included that are about to open. */
  public int maxConnections() {
    return maxConnections;
  }

  /** How many offers may be ready or wait for an answer. */
  public int maxOffers() {
    return maxOffers;
  }

  /** Whether peers may be reached at addresses of this machine alone. */
  public boolean loopback() {
    return loopback;
  }

  /** The implementation to use; empty = the best that works here. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private List<IceServer> iceServers = PUBLIC_STUN;
    private int minPort;
    private int maxPort;
    private int maxConnections = 250;
    private int maxOffers = 100;
    private boolean loopback;
    private @Nullable String provider;

    private Builder() {}

    /** STUN and TURN servers, instead of {@link WebRtcOptions#PUBLIC_STUN}. */
    public Builder iceServers(List<IceServer> servers) {
      this.iceServers = List.copyOf(servers);
      return this;
    }

    /**
     * No STUN and no TURN server is asked: peers are found on networks that this machine is on, or
     * if it has a public address.
     */
    public Builder noStun() {
      return iceServers(List.of());
    }

    /** The UDP ports that may be used, 1024 to 65535, both ends included; any by default. */
    public Builder portRange(int first, int last) {
      this.minPort = inRange("first port", first, 1024, 65535);
      this.maxPort = inRange("last port", last, first, 65535);
      return this;
    }

    /** How many WebRTC connections there may be; 250 by default. */
    public Builder maxConnections(int value) {
      this.maxConnections = inRange("maxConnections", value, 1, 100_000);
      return this;
    }

    /**
     * How many offers may be ready or wait for an answer, each of which costs about as much as a
     * connection; 100 by default. With 0 peers are found only by the offers that they make.
     */
    public Builder maxOffers(int value) {
      this.maxOffers = inRange("maxOffers", value, 0, 10_000);
      return this;
    }

    /**
     * Peers may be reached at 127.0.0.1 and ::1, for tests and for programs of one machine; off by
     * default, for a stranger could make us send to whatever listens there. Needs an implementation
     * that offers such addresses itself, which libwebrtc does not.
     */
    public Builder loopback(boolean value) {
      this.loopback = value;
      return this;
    }

    /** The implementation to use, such as {@code libwebrtc}; the best that works by default. */
    public Builder provider(String name) {
      this.provider = name;
      return this;
    }

    /** The finished options. */
    public WebRtcOptions build() {
      return new WebRtcOptions(this);
    }

    private static int inRange(String option, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            option + " is " + value + ", but must be from " + min + " to " + max);
      }
      return value;
    }
  }
}
