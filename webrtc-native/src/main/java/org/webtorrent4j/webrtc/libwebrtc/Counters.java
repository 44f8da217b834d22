package org.webtorrent4j.webrtc.libwebrtc;

import java.util.concurrent.atomic.AtomicLong;

/** What an engine has made and given back, for tests and for whoever looks for a leak. */
final class Counters {
  /** Native peer connections that were made. */
  final AtomicLong created = new AtomicLong();

  /** Those that were closed. */
  final AtomicLong closed = new AtomicLong();

  /** Those whose memory was given back as well. */
  final AtomicLong released = new AtomicLong();

  /** Factories that were opened. */
  final AtomicLong factoriesOpened = new AtomicLong();

  /** Factories that were disposed of. */
  final AtomicLong factoriesDisposed = new AtomicLong();

  @Override
  public String toString() {
    return "connections created "
        + created
        + ", closed "
        + closed
        + ", released "
        + released
        + "; factories opened "
        + factoriesOpened
        + ", disposed "
        + factoriesDisposed;
  }
}
