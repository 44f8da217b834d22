package org.webtorrent4j.rtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has sent checks before we know to whom we have made our offer: the answer travels more
 * slowly.
 */
final class EarlyChecks {
  private static final int MAX = 8;

  private final List<Entry> entries = new ArrayList<>();

  /** A request whose sender knew our password. */
  record Entry(InetSocketAddress from, long priority, String ufrag) {}

  /** Remembers one for each address, the newest. */
  void note(Entry entry) {
    entries.removeIf(other -> other.from().equals(entry.from()));
    if (entries.size() < MAX) {
      entries.add(entry);
    }
  }

  boolean isFrom(InetSocketAddress address) {
    return entries.stream().anyMatch(entry -> entry.from().equals(address));
  }

  /** Those of the peer that has answered; others have answered the same offer too late. */
  List<Entry> take(String ufrag) {
    List<Entry> theirs = entries.stream().filter(entry -> entry.ufrag().equals(ufrag)).toList();
    entries.clear();
    return theirs;
  }
}
