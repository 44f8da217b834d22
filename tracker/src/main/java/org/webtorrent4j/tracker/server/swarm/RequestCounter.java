package org.webtorrent4j.tracker.server.swarm;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one protocol was asked for. Thread-safe. */
public final class RequestCounter {
  private final LongAdder announces = new LongAdder();
  private final LongAdder scrapes = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  /** An announce was answered. */
  public void announced() {
    announces.increment();
  }

  /** A scrape was answered. */
  public void scraped() {
    scrapes.increment();
  }

  /** A request was refused. */
  public void refused() {
    refusals.increment();
  }

  /** Announces answered so far. */
  public long announces() {
    return announces.sum();
  }

  /** Scrapes answered so far. */
  public long scrapes() {
    return scrapes.sum();
  }

  /** Requests refused so far. */
  public long refusals() {
    return refusals.sum();
  }
}
