package org.webtorrent4j.rtc.ice;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many checks all agents together may send to addresses that strangers have named: somebody who
 * names a victim must not make us flood it. One for all agents of a thread.
 */
public final class CheckPacer {
  private static final long SECOND = 1_000_000_000L;
  private static final int PER_SECOND = 100;
  private static final int BURST = 50;

  /** For one host that has never answered us. */
  private static final int PER_HOST = 5;

  private static final int MAX_HOSTS = 1_024;

  private long tokens = BURST * SECOND;
  private long filled = Long.MIN_VALUE;

  /** When checks to a host may be sent again, as if each took its share of a second. */
  private final Map<InetAddress, Long> busyUntil =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
          return size() > MAX_HOSTS;
        }
      };

  /** One that has let nothing through yet. */
  public CheckPacer() {}

  /** Takes the right to send one check, if there is one left. */
  boolean take(InetAddress to, long now) {
    if (filled == Long.MIN_VALUE) {
      filled = now;
    }
    tokens = Math.min(BURST * SECOND, tokens + (now - filled) * PER_SECOND);
    filled = now;
    long busy = busyUntil.getOrDefault(to, now);
    // The first few of a second go at once.
    if (tokens < SECOND || busy - now > SECOND - SECOND / PER_HOST) {
      return false;
    }
    tokens -= SECOND;
    busyUntil.put(to, Math.max(busy, now) + SECOND / PER_HOST);
    return true;
  }

  /** A host has answered: it is there, and no victim. */
  void onAnswer(InetAddress from) {
    busyUntil.remove(from);
  }
}
