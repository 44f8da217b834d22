package org.webtorrent4j.webrtc.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** A loop with an engine on it, driven by the test's thread. */
public final class RtcHost implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RtcHost.class);

  /** Time that no machine needs. */
  public static final long PATIENCE_SECONDS = 60;

  private final SelectorLoop loop;
  private final FaultyLoop faulty;
  private final LibWebRtcEngine engine;

  private RtcHost(RtcSettings settings, Limits limits) {
    try {
      loop = SelectorLoop.open("wt-loop-test");
      faulty = new FaultyLoop(loop);
      engine = (LibWebRtcEngine) LibWebRtc.open(settings, faulty, limits);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static RtcHost open() {
    return open(Limits.DEFAULT);
  }

  public static RtcHost open(Limits limits) {
    return open(settings(Duration.ofSeconds(30)), limits);
  }

  public static RtcHost open(RtcSettings settings, Limits limits) {
    assumeNetwork();
    return new RtcHost(settings, limits);
  }

  /** Without STUN: gathering takes a twentieth of a second. */
  public static RtcSettings settings(Duration connectTimeout) {
    return new RtcSettings(
        List.of(), 0, 0, Duration.ofSeconds(5), Duration.ofSeconds(2), connectTimeout);
  }

  /** libwebrtc does not use the loopback interface. */
  static void assumeNetwork() {
    if (!hasNetwork()) {
      logger.warn("SKIPPED: this machine has no network but loopback, which WebRTC does not use");
      Assumptions.abort("no network but loopback");
    }
  }

  private static boolean hasNetwork() {
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback() && each.inetAddresses().findAny().isPresent()) {
          return true;
        }
      }
      return false;
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  public SelectorLoop loop() {
    return loop;
  }

  /** From now on, callbacks of this engine that have something for the loop throw. */
  void breakCallbacks(boolean isBroken) {
    faulty.isBroken = isBroken;
  }

  public RtcEngine rtcEngine() {
    return engine;
  }

  LibWebRtcEngine engine() {
    return engine;
  }

  TestPeer offer() {
    TestPeer peer = new TestPeer(this);
    call(
        () -> {
          peer.use(engine.offer(peer));
          return null;
        });
    return peer;
  }

  TestPeer answer(String offer) {
    TestPeer peer = new TestPeer(this);
    call(
        () -> {
          peer.use(engine.answer(offer, peer));
          return null;
        });
    return peer;
  }

  /** An open pair: ours made the offer. */
  TestPeer.Pair connect(RtcHost other) {
    TestPeer offerer = offer();
    TestPeer answerer = other.answer(get(offerer.description));
    offerer.accept(get(answerer.description));
    get(offerer.opened);
    get(answerer.opened);
    return new TestPeer.Pair(offerer, answerer);
  }

  /** Runs on the loop and waits for it. */
  public <T> T call(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return get(result);
  }

  public static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not in time, or failed: " + e, e);
    }
  }

  /** Closes the engine and checks that nothing is left of it. */
  @Override
  public void close() {
    call(
        () -> {
          engine.close();
          return null;
        });
    try {
      assertTrue(engine.awaitClosed(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)), "not closed");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    loop.close();
    Counters counters = engine.counters();
    assertTrue(counters.created.get() == counters.closed.get(), counters::toString);
    assertTrue(counters.created.get() == counters.released.get(), counters::toString);
    assertTrue(counters.factoriesOpened.get() == counters.factoriesDisposed.get());
    assertTrue(engine.pool().lent() == 0, "blocks are missing: " + engine.pool().lent());
  }
}
