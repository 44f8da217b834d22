package org.webtorrent4j.webrtc.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatherPatienceTest {
  private static final long MOST = millis(2000);

  private final GatherPatience patience = new GatherPatience();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void firstDescriptionsWaitForHalfASecond() {
    assertEquals(GatherPatience.FIRST_NANOS, patience.nanos(MOST));
    assertEquals(millis(200), patience.nanos(millis(200)));
  }

  @Test
  void behindASilentServerTheNextWaitForHostCandidatesOnly() {
    patience.onLate(millis(3));

    assertEquals(GatherPatience.LEAST_NANOS, patience.nanos(MOST));
  }

  /** Of two networks one leads to the server. */
  @Test
  void candidateThatCameLaterIsWaitedForTheNextTime() {
    patience.onLate(millis(120));

    assertEquals(millis(240), patience.nanos(MOST));
  }

  /** By satellite, or of a relay. */
  @Test
  void slowServerIsWaitedForOnceItHasAnswered() {
    patience.onLate(millis(3));
    patience.onLate(millis(700));
    assertEquals(millis(1400), patience.nanos(MOST));

    patience.onComplete(millis(720));

    assertEquals(millis(1440), patience.nanos(MOST));
  }

  @Test
  void candidatesThatComeTooLateTeachToWaitButNotForEver() {
    patience.onLate(millis(9500));

    assertEquals(MOST, patience.nanos(MOST));
  }

  @Test
  void serverThatAnswersAgainIsWaitedFor() {
    patience.onLate(millis(3));
    patience.onComplete(millis(40));

    assertEquals(GatherPatience.FIRST_NANOS, patience.nanos(MOST));
  }
}
