package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** A loop with an engine of some provider on it, driven by the test's thread. */
public final class PureHost implements AutoCloseable {
  /** Time that no machine needs. */
  static final long PATIENCE_SECONDS = 20;

  private final SelectorLoop loop;
  private final RtcEngine engine;

  private PureHost(RtcProvider provider, RtcSettings settings) {
    try {
      loop = SelectorLoop.open("wt-loop-test");
      engine = provider.open(settings, loop);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static PureHost open() {
    return open(new PureRtc(), true);
  }

  static PureHost open(RtcProvider provider, boolean allowLoopback) {
    return new PureHost(provider, settings(Duration.ofSeconds(30), allowLoopback));
  }

  static PureHost openWith(Duration connectTimeout) {
    return new PureHost(new PureRtc(), settings(connectTimeout, true));
  }

  private static RtcSettings settings(Duration connectTimeout, boolean allowLoopback) {
    return new RtcSettings(
        List.of(),
        0,
        0,
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        connectTimeout,
        allowLoopback);
  }

  public SelectorLoop loop() {
    return loop;
  }

  public RtcEngine engine() {
    return engine;
  }

  End offer() {
    End end = new End(this);
    call(() -> end.use(engine.offer(end)));
    return end;
  }

  End answer(String offer) {
    End end = new End(this);
    call(() -> end.use(engine.answer(offer, end)));
    return end;
  }

  /** An open pair: ours made the offer. */
  Pair connect(PureHost other) {
    End offerer = offer();
    End answerer = other.answer(get(offerer.description));
    offerer.accept(get(answerer.description));
    get(offerer.opened);
    get(answerer.opened);
    return new Pair(offerer, answerer);
  }

  record Pair(End offerer, End answerer) {}

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
          return true;
        });
    try {
      assertTrue(engine.awaitClosed(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)), "not closed");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    loop.close();
  }
}
