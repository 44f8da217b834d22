package org.webtorrent4j.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/**
 * Finds an implementation of WebRTC and starts its engine, on a thread of its own, because both may
 * take a second. Confined to the event loop, but for the waiting at the end.
 */
final class EngineStart {
  private static final Logger LOG = LoggerFactory.getLogger(EngineStart.class);

  /** A user has to be told once, not by every client. */
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  /** Told how it went; called once at most, on the loop. */
  interface Listener {
    void onEngine(RtcEngine engine);

    /** There is no implementation that works. */
    void onUnavailable(String reason);
  }

  private final EventLoop loop;
  private final Supplier<Implementations> implementations;
  private final Optional<String> wanted;
  private final RtcSettings settings;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ThreadPoolExecutor worker;
  private boolean isWanted; // confined to the loop
  private volatile @Nullable RtcEngine engine; // set on the loop

  EngineStart(
      EventLoop loop,
      Supplier<Implementations> implementations,
      Optional<String> wanted,
      RtcSettings settings,
      Listener listener) {
    this.loop = loop;
    this.implementations = implementations;
    this.wanted = wanted;
    this.settings = settings;
    this.listener = listener;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "wt-webrtc-start");
              thread.setDaemon(true);
              return thread;
            },
            // After the end there is nobody to start an engine for.
            new ThreadPoolExecutor.DiscardPolicy());
    worker.allowCoreThreadTimeOut(true);
  }

  /**
   * Looks for an implementation and starts its engine, with the first call. Not sooner: a client
   * without a WebSocket tracker is spared the native library.
   */
  void open() {
    if (!isWanted) {
      isWanted = true;
      worker.execute(this::findAndOpen);
    }
  }

  private void findAndOpen() {
    List<String> reasons = new ArrayList<>();
    Implementations found = implementations.get();
    for (RtcProvider provider : found.providers()) {
      if (closed.getCount() == 0 || (isWantedOne(provider) && open(provider, reasons))) {
        return;
      }
    }
    if (wanted.isEmpty()) {
      reasons.addAll(found.problems());
    }
    String reason = reasons.isEmpty() ? none() : String.join("; ", reasons);
    loop.execute(() -> onUnavailable(reason));
  }

  private boolean isWantedOne(RtcProvider provider) {
    return wanted.map(provider.name()::equals).orElseGet(() -> !provider.isForNamedUseOnly());
  }

  private String none() {
    return "there is no implementation"
        + wanted.map(name -> " " + name).orElse("")
        + ": "
        + Implementations.REMEDY;
  }

  /** Tries one, and adds why it cannot be used; whatever it throws, the next one may work. */
  private boolean open(RtcProvider provider, List<String> reasons) {
    Optional<String> problem = Implementations.problem(provider);
    if (problem.isEmpty()) {
      try {
        RtcEngine opened = Objects.requireNonNull(provider.open(settings, loop));
        LOG.debug("WebRTC by {}", provider.name());
        loop.execute(() -> onEngine(opened));
        return true;
      } catch (RuntimeException | LinkageError e) {
        LOG.debug("{} cannot be started", provider.name(), e);
        problem = Optional.of("it failed to start: " + e);
      }
    }
    reasons.add(provider.name() + ": " + problem.get());
    return false;
  }

  private void onEngine(RtcEngine opened) {
    engine = opened;
    if (closed.getCount() == 0) {
      opened.close();
    } else {
      listener.onEngine(opened);
    }
  }

  private void onUnavailable(String reason) {
    if (closed.getCount() == 0) {
      return;
    }
    if (WARNED.compareAndSet(false, true)) {
      LOG.warn("no WebRTC, so browsers cannot be reached; going on without: {}", reason);
    }
    listener.onUnavailable("WebRTC does not work here: " + reason);
  }

  /** Closes the engine, now or as soon as it has started. Idempotent. */
  void close() {
    closed.countDown();
    if (engine != null) {
      engine.close();
    }
    worker.shutdown();
  }

  /**
   * Waits until nothing is left, for which the loop must still run. Any thread but the event loop.
   *
   * @return whether that was so in time
   */
  boolean awaitClosed(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    if (!closed.await(nanos, TimeUnit.NANOSECONDS)
        || !worker.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    // The worker's last task may have posted the engine, which is closed there.
    CountDownLatch posted = new CountDownLatch(1);
    loop.execute(posted::countDown);
    if (!posted.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    RtcEngine last = engine;
    return last == null || last.awaitClosed(Math.max(0, deadline - System.nanoTime()));
  }
}
