package org.webtorrent4j.webrtc.libwebrtc.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendWindowTest {
  private static final int LOW = 256 * 1024;
  private final SendWindow.Total total = new SendWindow.Total();
  private final SendWindow window = new SendWindow(total);

  @Test
  void roomIsWhatIsNotOnItsWay() {
    assertEquals(SendWindow.HIGH, window.room());

    window.took(SendWindow.HIGH - 10);
    assertEquals(10, window.room());

    window.drainedTo(500);
    assertEquals(510, window.room());
    assertEquals(SendWindow.HIGH - 510, total.bytes());
  }

  @Test
  void moreIsTakenWhenHalfIsLeft() {
    window.took(SendWindow.HIGH);

    window.drainedTo(window.drainedForRoom());

    assertEquals(SendWindow.HIGH - LOW, window.room());
  }

  @Test
  void oldNewsChangesNothing() {
    window.took(1000);
    window.drainedTo(900);
    window.drainedTo(300);

    assertEquals(SendWindow.HIGH - 100, window.room());
    assertEquals(100, total.bytes());
  }

  @Test
  void manyBusyPeersGetLittleEach() {
    window.took(100 * 1024);
    SendWindow others = new SendWindow(total);
    others.took(SendWindow.MUCH);

    assertEquals(SendWindow.HIGH_WHEN_SCARCE - 100 * 1024, window.room());
    assertEquals(0, others.room());

    others.close();
    assertEquals(SendWindow.HIGH - 100 * 1024, window.room());
    assertEquals(100 * 1024, total.bytes());
  }

  @Test
  void nextQuestionComesWhenItShouldBeEnough() {
    DrainPace pace = new DrainPace(0);
    long millisecond = TimeUnit.MILLISECONDS.toNanos(1);
    assertEquals(millisecond, pace.nanosUntil(1000));
    assertEquals(0, pace.bytesIn(millisecond));

    pace.onDrained(10_000, 2 * millisecond); // 5,000 a millisecond

    assertEquals(4 * millisecond, pace.nanosUntil(30_000));
    assertEquals(50_000, pace.bytesIn(10 * millisecond));
    assertEquals(millisecond, pace.nanosUntil(10_001));
    assertEquals(DrainPace.lateNanos(), pace.nanosUntil(1_000_000_000));
  }

  @Test
  void peerThatTakesNothingForHalfAMinuteIsStalled() {
    DrainPace pace = new DrainPace(0);
    long second = TimeUnit.SECONDS.toNanos(1);
    pace.resume(100 * second);
    pace.onDrained(0, 129 * second);
    assertFalse(pace.isStalled(129 * second));

    pace.onDrained(0, 131 * second);
    assertTrue(pace.isStalled(131 * second));

    pace.onDrained(1, 132 * second);
    assertFalse(pace.isStalled(132 * second));
  }
}
