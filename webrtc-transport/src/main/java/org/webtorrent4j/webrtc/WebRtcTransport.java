package org.webtorrent4j.webrtc;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.net.LocalAddresses;
import org.webtorrent4j.tracker.net.Network;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportContext;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.rtc.RtcSettings;
import org.webtorrent4j.webrtc.signal.Destination;
import org.webtorrent4j.webrtc.signal.SignalLimits;
import org.webtorrent4j.webrtc.signal.Signalling;
import org.webtorrent4j.webrtc.socket.WebSockets;

/**
 * WebRTC data channels to browsers and whoever else speaks WebTorrent. Peers are found by WebSocket
 * trackers only, hence it is also what makes those. Where no implementation of WebRTC works the
 * transport starts nevertheless, says so once in the log, and its trackers fail with the reason.
 * Trackers and peers are reached directly; HTTP and SOCKS proxies are not used.
 *
 * <p>It looks for an implementation when a torrent first names a WebSocket tracker. Confined to the
 * event loop; what blocks is done on threads of its own.
 */
public final class WebRtcTransport implements Transport, TrackerFactory {
  static final String NAME = "webrtc";

  private static final int MAX_SOCKETS = 32;
  private static final Duration OFFER_GATHER_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_GATHER_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(25);

  private final WebRtcOptions options;
  private final Supplier<Implementations> implementations;
  private @Nullable TransportContext context;
  private @Nullable WebSockets sockets;
  private @Nullable Signalling signalling;
  private volatile @Nullable EngineStart engine;
  private @Nullable String unavailable;

  /** A transport with the default options; made by {@link ServiceLoader}. */
  public WebRtcTransport() {
    this(WebRtcOptions.defaults());
  }

  /** A transport that is not started. */
  public WebRtcTransport(WebRtcOptions options) {
    this(options, Implementations::installed);
  }

  WebRtcTransport(WebRtcOptions options, Supplier<Implementations> implementations) {
    this.options = options;
    this.implementations = implementations;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(TransportContext newContext) {
    if (context != null) {
      throw new IllegalStateException("the transport was started already");
    }
    EventLoop loop = newContext.loop();
    assert loop.inLoop();
    context = newContext;
    LocalAddresses local = new LocalAddresses(newContext.settings().bindAddresses());
    sockets = new WebSockets(loop, Network.from(local));
    signalling =
        new Signalling(
            loop,
            new SecureRandom(),
            sockets,
            new SignalLimits(
                options.maxOffers(), options.maxConnections(), MAX_SOCKETS, options.loopback()),
            new Peers(newContext));
    EngineStart start =
        new EngineStart(
            loop, implementations, options.provider(), settings(), new Outcome(signalling));
    engine = start;
  }

  private RtcSettings settings() {
    return new RtcSettings(
        options.iceServers(),
        options.minPort(),
        options.maxPort(),
        OFFER_GATHER_TIMEOUT,
        ANSWER_GATHER_TIMEOUT,
        CONNECT_TIMEOUT,
        options.loopback());
  }

  @Override
  public Set<String> schemes() {
    return Set.of("ws", "wss");
  }

  @Override
  public void allow(URI uri) {
    if (sockets != null) {
      sockets.allow(uri);
    }
  }

  @Override
  public Tracker create(URI uri) {
    EngineStart start = engine;
    if (start == null || signalling == null) {
      throw new IllegalStateException("the transport is not started");
    }
    if (unavailable != null) {
      throw new IllegalArgumentException(unavailable);
    }
    if (!schemes().contains(Url.of(uri).scheme())) {
      throw new IllegalArgumentException("not a WebSocket URL");
    }
    start.open();
    return signalling.open(uri);
  }

  @Override
  public void close() {
    if (signalling != null) {
      signalling.close();
    }
    if (engine != null) {
      engine.close();
    }
  }

  @Override
  public boolean awaitClosed(long nanos) throws InterruptedException {
    EngineStart start = engine;
    WebSockets opened = sockets;
    if (start == null || opened == null) {
      return true; // it was never started
    }
    long deadline = System.nanoTime() + nanos;
    return start.awaitClosed(nanos)
        && opened.awaitClosed(Math.max(0, deadline - System.nanoTime()));
  }

  /** Passes the outcome of the search on. */
  private final class Outcome implements EngineStart.Listener {
    private final Signalling told;

    Outcome(Signalling told) {
      this.told = told;
    }

    @Override
    public void onEngine(RtcEngine opened) {
      told.onEngine(opened);
    }

    @Override
    public void onUnavailable(String reason) {
      unavailable = reason;
      told.onUnavailable(reason);
    }
  }

  /** Brings peers to the client. */
  private static final class Peers implements Destination {
    private final TransportContext context;

    Peers(TransportContext context) {
      this.context = context;
    }

    @Override
    public boolean accepts(InfoHash infoHash, PeerId peerId) {
      return context.acceptsPeer(infoHash, peerId);
    }

    @Override
    public RtcHandler onPeer(RtcPeer peer, InfoHash infoHash, boolean isIncoming) {
      RtcConnection connection = new RtcConnection(context.loop(), peer, isIncoming);
      context.onConnected(connection, infoHash);
      return connection;
    }
  }
}
