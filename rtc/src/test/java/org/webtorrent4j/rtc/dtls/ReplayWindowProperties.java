package org.webtorrent4j.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReplayWindowProperties {
  @Property
  void eachOfTheLast64IsNewOnceAndOlderOnesNever(
      @ForAll @Size(max = 300) List<@IntRange(max = 200) Integer> numbers) {
    ReplayWindow window = new ReplayWindow();
    Set<Long> seen = new HashSet<>();
    long top = -1;
    for (long number : numbers.stream().mapToLong(i -> i).toArray()) {
      boolean expected = !seen.contains(number) && number > top - 64;
      assertEquals(expected, window.isNew(number));
      if (expected) {
        window.mark(number);
        seen.add(number);
        top = Math.max(top, number);
      }
    }
  }
}
