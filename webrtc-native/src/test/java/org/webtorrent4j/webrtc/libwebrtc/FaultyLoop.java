package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.webtorrent4j.loop.EventLoop;

/** A loop that takes no tasks from libwebrtc's threads once it is broken. */
final class FaultyLoop implements EventLoop {
  volatile boolean isBroken;
  private final EventLoop loop;

  FaultyLoop(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public boolean inLoop() {
    return loop.inLoop();
  }

  @Override
  public void execute(Runnable task) {
    if (isBroken && !Thread.currentThread().isDaemon()) {
      throw new AssertionError("a bug in a callback (expected here)");
    }
    loop.execute(task);
  }

  @Override
  public long nanoTime() {
    return loop.nanoTime();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return loop.schedule(delayNanos, task);
  }

  @Override
  public void atTurnEnd(Runnable task) {
    loop.atTurnEnd(task);
  }

  @Override
  public Registration register(SelectableChannel channel, int interestOps, ReadyHandler handler)
      throws IOException {
    return loop.register(channel, interestOps, handler);
  }
}
