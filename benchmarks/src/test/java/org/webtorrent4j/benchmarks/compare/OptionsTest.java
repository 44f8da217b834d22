package org.webtorrent4j.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static void assertRefused(String reason, String... args) {
    assertEquals(
        reason, assertThrows(Options.UsageException.class, () -> Options.parse(args)).getMessage());
  }

  @Test
  void contestsAreAListWithCommas() throws Options.UsageException {
    assertEquals(Set.of("tcp", "hash"), Options.parse("--only", "tcp,hash").only());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertRefused("unknown option: --fast", "--quick", "--fast");
    assertRefused("unknown contest: udp", "--only", "tcp,udp");
    assertRefused("--runs needs a value", "--runs");
    assertRefused("--runs needs a number of 1 or more, not 0", "--runs", "0");
    assertRefused("--record needs --smoke", "--record");
    assertRefused("--strict needs --smoke", "--quick", "--strict");
  }

  @Test
  void usageNamesEveryContest() {
    for (String word : Options.CONTESTS) {
      assertTrue(Options.USAGE.contains("\n  " + word + " "), word);
    }
  }
}
