package org.webtorrent4j.tracker.server.websocket;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way to one socket, in bounded memory. A client that does not read is not read from
 * either; if others send it more than fits, it is cut off. Thread-safe.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Up to here more messages are taken from the client. */
  private static final int LOW_BYTES = 64 << 10;

  /** Room for a hundred usual offers, or four of the largest. */
  private static final int MAX_BYTES = 256 << 10;

  /** What a frame costs besides its text. */
  private static final int OVERHEAD = 100;

  private final CoreSession session;
  private int bytes;
  private @Nullable Runnable whenLow;

  Outbox(CoreSession session) {
    this.session = session;
  }

  /** Sends text, or closes the socket if too much waits already. */
  void send(String text) {
    int size = text.length() + OVERHEAD;
    synchronized (this) {
      if (bytes + size > MAX_BYTES) {
        LOG.debug("{}: does not read what it is sent", session.getRemoteAddress());
        session.abort();
        return;
      }
      bytes += size;
    }
    Callback callback = Callback.from(() -> sent(size), failure -> session.abort());
    session.sendFrame(new Frame(OpCode.TEXT, text), callback, false);
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
