package org.webtorrent4j.webrtc.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one socket. Any thread. */
final class Outbox {
  /** More waits only if the other end does not read. */
  static final int MAX_BYTES = 4 << 20;

  private final Deque<String> texts = new ArrayDeque<>();
  private int bytes;
  private boolean isPingDue;
  private byte @Nullable [] pong;
  private boolean isEnding;

  /** Something to write. */
  sealed interface Item {
    /** A message. */
    record Text(String text) implements Item {}

    /** A control frame. */
    @SuppressWarnings("ArrayRecordComponent") // written at once, never compared
    record Control(int opcode, byte[] payload) implements Item {}
  }

  /** Adds a message; false if there is no room for it. */
  synchronized boolean text(String text) {
    if (isEnding) {
      return true; // it would not be sent, nor would anybody care
    }
    if (bytes + text.length() > MAX_BYTES) {
      return false;
    }
    bytes += text.length();
    texts.add(text);
    notifyAll();
    return true;
  }

  /** Asks for a ping. */
  synchronized void ping() {
    isPingDue = true;
    notifyAll();
  }

  /** Answers a ping; only the last one needs an answer (RFC 6455 5.5.3). */
  synchronized void pong(byte[] payload) {
    pong = payload;
    notifyAll();
  }

  /** Lets the writer end when nothing is left. */
  synchronized void end() {
    isEnding = true;
    notifyAll();
  }

  synchronized int bytes() {
    return bytes;
  }

  /** Waits for the next thing to write; null at the end. */
  synchronized @Nullable Item take() throws InterruptedException {
    while (true) {
      if (pong != null) {
        byte[] payload = pong;
        pong = null;
        return new Item.Control(Opcode.PONG, payload);
      }
      if (isPingDue) {
        isPingDue = false;
        return new Item.Control(Opcode.PING, new byte[0]);
      }
      String text = texts.poll();
      if (text != null) {
        bytes -= text.length();
        return new Item.Text(text);
      }
      if (isEnding) {
        return null;
      }
      wait();
    }
  }
}
