package org.webtorrent4j.webrtc.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatherPatienceTest {
  private static final long MOST = millis(500);

  private final GatherPatience patience = new GatherPatience();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void firstDescriptionsWaitAsLongAsTheyMay() {
    assertEquals(MOST, patience.nanos(MOST));
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

  @Test
  void candidatesThatComeTooLateTeachToWaitButNotForEver() {
    patience.onLate(millis(3));
    patience.onLate(millis(2000));

    assertEquals(MOST, patience.nanos(MOST));
  }

  @Test
  void serverThatAnswersAgainIsWaitedFor() {
    patience.onLate(millis(3));
    patience.onComplete();

    assertEquals(MOST, patience.nanos(MOST));
  }
}
