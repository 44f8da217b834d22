package org.webtorrent4j.webrtc.signal;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What strangers have under way at the same time, in fair shares: whoever holds most makes room.
 * Shares are by group, and inside of each by the groups inside of it. Confined to the event loop.
 */
final class Crowd<M extends Crowd.Member> {
  /** While places are scarce, none is kept longer against others of the same group. */
  static final long STAY_NANOS = Duration.ofSeconds(4).toNanos();

  /** Somebody who holds a place. */
  interface Member {
    /** The groups that it belongs to, the widest first; as many for every member. */
    List<Object> groups();

    /** Since when it is there. */
    long sinceNanos();
  }

  private final Set<M> members = new LinkedHashSet<>(); // the oldest first

  void add(M member) {
    members.add(member);
  }

  void remove(M member) {
    members.remove(member);
  }

  int size() {
    return members.size();
  }

  List<M> all() {
    return List.copyOf(members);
  }

  /** The oldest; null if there is none. */
  @Nullable M oldest() {
    return members.isEmpty() ? null : members.iterator().next();
  }

  /**
   * Who has to go if a newcomer of these groups is to have a place.
   *
   * @return the oldest of the group that holds most; null if that is the newcomer's own, and nobody
   *     has been there for long
   */
  @Nullable M yielding(List<Object> groups, long nanoTime) {
    List<M> left = all();
    boolean isOwn = true;
    for (int level = 0; level < groups.size() && !left.isEmpty(); level++) {
      Object group = largest(left, level, isOwn ? groups.get(level) : null);
      isOwn &= group.equals(groups.get(level));
      int at = level;
      left = left.stream().filter(member -> member.groups().get(at).equals(group)).toList();
    }
    if (left.isEmpty()) {
      return null;
    }
    M oldest = left.get(0);
    return isOwn && nanoTime - oldest.sinceNanos() < STAY_NANOS ? null : oldest;
  }

  /** The group that holds most; the newcomer's if none holds more than that. */
  private static Object largest(
      List<? extends Member> members, int level, @Nullable Object newcomer) {
    Map<Object, Integer> counts = new HashMap<>();
    members.forEach(member -> counts.merge(member.groups().get(level), 1, Integer::sum));
    Object largest = newcomer == null ? members.get(0).groups().get(level) : newcomer;
    int most = counts.getOrDefault(largest, 0);
    for (Map.Entry<Object, Integer> each : counts.entrySet()) {
      if (each.getValue() > most) {
        most = each.getValue();
        largest = each.getKey();
      }
    }
    return largest;
  }

  /**
   * Whose turn it is of those that wait: of the group that has least under way the oldest.
   *
   * @param isWaiting tells them from those who have had their turn
   * @return null if nobody waits
   */
  @Nullable M next(Predicate<M> isWaiting) {
    Map<List<Object>, Integer> busy = new HashMap<>();
    members.stream()
        .filter(isWaiting.negate())
        .flatMap(Crowd::paths)
        .forEach(path -> busy.merge(path, 1, Integer::sum));
    return members.stream()
        .filter(isWaiting)
        .min(Comparator.comparing(member -> load(member, busy), Arrays::compare))
        .orElse(null);
  }

  /** How much each of a member's groups has under way. */
  private static int[] load(Member member, Map<List<Object>, Integer> busy) {
    return paths(member).mapToInt(path -> busy.getOrDefault(path, 0)).toArray();
  }

  private static Stream<List<Object>> paths(Member member) {
    List<Object> groups = member.groups();
    return Stream.iterate(1, level -> level <= groups.size(), level -> level + 1)
        .map(level -> groups.subList(0, level));
  }
}
