package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has to go, and whose turn it is. */
class CrowdTest {
  private record Guest(String name, long sinceNanos, List<Object> groups) implements Crowd.Member {}

  private final Crowd<Guest> crowd = new Crowd<>();
  private final Set<Guest> busy = new HashSet<>();

  private Guest add(String name, long sinceNanos, Object... groups) {
    Guest guest = new Guest(name, sinceNanos, List.of(groups));
    crowd.add(guest);
    return guest;
  }

  private @Nullable String yielding(long nanoTime, Object... groups) {
    Guest yielding = crowd.yielding(List.of(groups), nanoTime);
    return yielding == null ? null : yielding.name();
  }

  private String next() {
    Guest next = Objects.requireNonNull(crowd.next(guest -> !busy.contains(guest)));
    busy.add(next);
    return next.name();
  }

  @Test
  void nobodyYieldsWhereNobodyIs() {
    assertNull(yielding(0, "tracker", "torrent"));
    assertNull(crowd.next(guest -> true));
  }

  @Test
  void oldestOfTheGroupThatHoldsMostYields() {
    add("a", 1, "one", "x");
    add("b", 2, "two", "x");
    add("c", 3, "two", "y");
    add("d", 4, "two", "y");

    assertEquals("c", yielding(5, "one", "x"));
    assertEquals("c", yielding(5, "three", "z"));
    assertEquals("c", yielding(5, "two", "x"));
  }

  @Test
  void insideOfItsOwnGroupANewcomerGetsThePlaceOfWhoHasBeenThereForLong() {
    add("a", 0, "one", "x");
    add("b", 1, "one", "x");

    assertNull(yielding(Crowd.STAY_NANOS - 1, "one", "x"));
    assertEquals("a", yielding(Crowd.STAY_NANOS, "one", "x"));
  }

  @Test
  void whoHoldsAsMuchAsAnyOtherTakesNothingFromThem() {
    add("a", 0, "one", "x");
    add("b", 0, "two", "x");

    assertNull(yielding(1, "one", "x"));
    assertEquals("a", yielding(Crowd.STAY_NANOS, "one", "x"));
  }

  @Test
  void groupsTakeTurns() {
    add("a1", 0, "one", "x");
    add("a2", 0, "one", "x");
    add("a3", 0, "one", "y");
    add("b1", 0, "two", "x");

    assertEquals(List.of("a1", "b1", "a3", "a2"), List.of(next(), next(), next(), next()));
  }
}
