package org.webtorrent4j.tracker.server.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final class Thing extends Held<Thing> {}

  private final Shares<Thing> shares = new Shares<>();

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Thing add(String address) {
    Thing thing = new Thing();
    shares.add(address(address), thing);
    return thing;
  }

  @Test
  void nobodyWhoHoldsOneThingMakesRoom() {
    add("10.0.0.1");
    add("10.0.0.2");

    assertTrue(shares.oldestOfLargest().isEmpty());
  }

  @Test
  void largestMakesRoomWithItsOldest() {
    Thing first = add("10.0.0.1");
    Thing second = add("10.0.0.1");
    add("10.0.0.2");
    add("10.0.0.1");

    assertSame(first, shares.oldestOfLargest().orElseThrow());
    shares.renew(first);
    assertSame(second, shares.oldestOfLargest().orElseThrow());
  }

  @Test
  void networkOfIpv6IsOneAddress() {
    add("2001:db8::1");
    add("2001:db8::2");

    assertEquals(2, shares.of(address("2001:db8::3")));
    assertEquals(0, shares.of(address("2001:db8:0:1::1")));
  }

  /** Against lists: a step adds, removes or renews at one of four addresses. */
  @Property(tries = 300)
  void sharesStayTrue(@ForAll @Size(max = 200) List<@IntRange(max = 11) Integer> steps) {
    Shares<Thing> checked = new Shares<>();
    Map<String, Deque<Thing>> model = new HashMap<>();
    for (int step : steps) {
      String name = "10.0.0." + step % 4;
      Deque<Thing> held = model.computeIfAbsent(name, n -> new ArrayDeque<>());
      if (step < 4 || held.isEmpty()) {
        Thing thing = new Thing();
        checked.add(address(name), thing);
        held.addLast(thing);
      } else if (step < 8) {
        checked.remove(held.removeFirst());
      } else {
        checked.renew(held.peekFirst());
        held.addLast(held.removeFirst());
      }
      int most = model.values().stream().map(Deque::size).max(Comparator.naturalOrder()).get();
      assertEquals(most < 2 ? 0 : most, checked.largest());
      assertEquals(held.size(), checked.of(address(name)));
      assertSame(held.peekFirst(), checked.oldestOf(address(name)).orElse(null));
    }
  }
}
