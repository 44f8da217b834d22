package org.webtorrent4j.tracker.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one socket, in bounded memory: messages, pings and pongs alike. A client
 * that is slow to read is not read from either; what others send it and does not fit is dropped, so
 * that nobody can have it cut off by sending it too much. Thread-safe.
 */
final class Outbox {
  /** Up to here more messages are taken from the client. */
  private static final int LOW_BYTES = 64 << 10;

  /** Room for a hundred usual offers, or four of the largest. */
  private static final int MAX_BYTES = 256 << 10;

  /** What a frame costs besides its payload. */
  private static final int OVERHEAD = 100;

  /** Of ten seconds each: time for a full box even on the slowest of lines. */
  private static final int STUCK_TICKS = 6;

  private final CoreSession session;
  private int bytes;
  private int ticksWithoutProgress;
  private @Nullable Runnable whenLow;
  private boolean isPonging;
  private boolean isPinging;
  private @Nullable ByteBuffer nextPong;

  Outbox(CoreSession session) {
    this.session = session;
  }

  /** Sends text if there is room for it. */
  void send(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int size = encoded.length + OVERHEAD;
    synchronized (this) {
      if (bytes + size > MAX_BYTES) {
        return;
      }
      bytes += size;
    }
    write(new Frame(OpCode.TEXT, ByteBuffer.wrap(encoded)), size, () -> {});
  }

  /** Answers a ping; of those that come while an answer waits to go out, only the last one. */
  void pong(ByteBuffer payload) {
    int size = payload.remaining() + OVERHEAD;
    synchronized (this) {
      if (isPonging) {
        nextPong = payload; // RFC 6455, 5.5.3
        return;
      }
      isPonging = true;
      bytes += size;
    }
    write(new Frame(OpCode.PONG, payload), size, this::ponged);
  }

  private void ponged() {
    ByteBuffer next;
    synchronized (this) {
      isPonging = false;
      next = nextPong;
      nextPong = null;
    }
    if (next != null) {
      pong(next);
    }
  }

  /** Sends a ping, unless one still waits to go out. */
  void ping() {
    synchronized (this) {
      if (isPinging) {
        return;
      }
      isPinging = true;
      bytes += OVERHEAD;
    }
    write(new Frame(OpCode.PING), OVERHEAD, this::pinged);
  }

  private synchronized void pinged() {
    isPinging = false;
  }

  private void write(Frame frame, int size, Runnable then) {
    Callback callback =
        Callback.from(
            () -> {
              sent(size);
              then.run();
            },
            failure -> session.abort());
    session.sendFrame(frame, callback, false);
  }

  /** Lets time pass; true: something waits, but nothing could be sent for long. */
  synchronized boolean tick() {
    ticksWithoutProgress = bytes == 0 ? 0 : ticksWithoutProgress + 1;
    return ticksWithoutProgress >= STUCK_TICKS;
  }

  /** Calls once when little is on its way: now, or later from another thread. */
  void whenLow(Runnable task) {
    synchronized (this) {
      if (bytes > LOW_BYTES) {
        whenLow = task;
        return;
      }
    }
    task.run();
  }

  private void sent(int size) {
    Runnable task = null;
    synchronized (this) {
      bytes -= size;
      ticksWithoutProgress = 0;
      if (bytes <= LOW_BYTES) {
        task = whenLow;
        whenLow = null;
      }
    }
    if (task != null) {
      task.run();
    }
  }
}
