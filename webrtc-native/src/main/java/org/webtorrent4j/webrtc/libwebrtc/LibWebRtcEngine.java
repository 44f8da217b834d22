package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.IceServer;
import org.webtorrent4j.webrtc.libwebrtc.flow.BlockPool;
import org.webtorrent4j.webrtc.libwebrtc.flow.SendWindow;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/**
 * Deals peers out to a few factories in turn: one factory has one network thread for all its peers,
 * and it is the kernel's time on that thread that limits libwebrtc. Confined to the event loop but
 * for what says otherwise.
 */
final class LibWebRtcEngine implements RtcEngine {
  private static final Logger logger = LoggerFactory.getLogger(LibWebRtcEngine.class);
  private static final long EXIT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int LABEL_BYTES = 20;

  /** An offer that grows old unused costs no more than its making. */
  private static final int SPARE_OFFERS = 5;

  /** Every offer that was ever made costs memory. */
  private static final int SPARE_OFFERS_UNRELEASED = 1;

  private final RtcSettings settings;
  private final Limits limits;
  private final EventLoop loop;
  private final BlockPool pool = new BlockPool();
  private final Counters counters = new Counters();
  private final SendWindow.Total sending = new SendWindow.Total();
  private final SecureRandom random = new SecureRandom();
  private final List<FactoryShard> shards = new ArrayList<>();
  private final Set<LibWebRtcPeer> peers = new HashSet<>();
  private final Thread exitHook = new Thread(this::closeAtExit, "wt-webrtc-exit");
  private final boolean isReleasing;
  private int nextShard;
  private boolean isClosed;

  LibWebRtcEngine(RtcSettings settings, Limits limits, EventLoop loop) throws IOException {
    this.settings = settings;
    this.limits = limits;
    this.loop = loop;
    int count = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    Optional<ReleaseShim> shim = ReleaseShim.create();
    isReleasing = shim.isPresent();
    try {
      for (int i = 1; i <= count; i++) {
        shards.add(new FactoryShard(i, limits, counters, shim));
      }
      Runtime.getRuntime().addShutdownHook(exitHook);
    } catch (IOException | IllegalStateException e) {
      shards.forEach(FactoryShard::shutDown);
      throw e;
    }
  }

  RtcSettings settings() {
    return settings;
  }

  Limits limits() {
    return limits;
  }

  EventLoop loop() {
    return loop;
  }

  /** The memory of all queues; any thread. */
  BlockPool pool() {
    return pool;
  }

  SendWindow.Total sending() {
    return sending;
  }

  /** Any thread. */
  Counters counters() {
    return counters;
  }

  /** Forty random hexadecimal digits, as WebTorrent's channels are called. */
  String newLabel() {
    byte[] bytes = new byte[LABEL_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What every connection is configured with; any thread. */
  RTCConfiguration configuration() {
    RTCConfiguration configuration = new RTCConfiguration();
    for (IceServer server : settings.iceServers()) {
      RTCIceServer mapped = new RTCIceServer();
      mapped.urls = server.urls();
      server.username().ifPresent(name -> mapped.username = name);
      server.credential().ifPresent(secret -> mapped.password = secret);
      configuration.iceServers.add(mapped);
    }
    configuration.portAllocatorConfig =
        new PortAllocatorConfig(
            settings.minPort(),
            settings.maxPort(),
            // Peers of WebTorrent ignore TCP candidates, and each is a socket.
            PortAllocatorConfig.PORTALLOCATOR_DISABLE_TCP);
    return configuration;
  }

  @Override
  public int spareOffers() {
    return isReleasing ? SPARE_OFFERS : SPARE_OFFERS_UNRELEASED;
  }

  @Override
  public RtcPeer offer(RtcHandler handler) {
    LibWebRtcPeer peer = newPeer(handler, false);
    if (!isClosed) {
      peer.offer();
    }
    return peer;
  }

  @Override
  public RtcPeer answer(String offer, RtcHandler handler) {
    LibWebRtcPeer peer = newPeer(handler, true);
    if (!isClosed) {
      peer.answer(offer);
    }
    return peer;
  }

  private LibWebRtcPeer newPeer(RtcHandler handler, boolean isAnswerer) {
    assert loop.inLoop();
    FactoryShard shard = shards.get(nextShard++ % shards.size());
    LibWebRtcPeer peer = new LibWebRtcPeer(this, shard, handler, isAnswerer);
    peers.add(peer);
    if (isClosed) {
      peer.close();
    }
    return peer;
  }

  void remove(LibWebRtcPeer peer) {
    peers.remove(peer);
  }

  @Override
  public void close() {
    assert loop.inLoop();
    if (!isClosed) {
      isClosed = true;
      List.copyOf(peers).forEach(LibWebRtcPeer::close);
      shards.forEach(FactoryShard::shutDown);
      try {
        boolean ignored = Runtime.getRuntime().removeShutdownHook(exitHook);
      } catch (IllegalStateException e) {
        logger.trace("the process ends already", e);
      }
    }
  }

  @Override
  public boolean awaitClosed(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (FactoryShard shard : shards) {
      if (!shard.awaitEnd(deadline)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The process ends without our having been closed: libwebrtc's threads would go on to run while
   * its memory is taken down.
   */
  private void closeAtExit() {
    shards.forEach(FactoryShard::shutDown);
    try {
      if (!awaitClosed(EXIT_NANOS)) {
        logger.debug("libwebrtc is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
