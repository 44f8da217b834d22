package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentException;

class SeedWatchTest extends CommandTest {
  @Test
  void oneThatCannotBeSeededIsToldAndTheNextIsTried() throws Exception {
    try (TorrentReport report = new TorrentReport(false, List.of())) {
      SeedWatch watch = new SeedWatch(report);

      assertFalse(watch.add(SeedWatchTest::fail));
      assertFalse(watch.add(SeedWatchTest::fail));

      assertTrue(watch.isOver());
      assertEquals(2, errors().lines().filter("webtorrent: no bytes?"::equals).count());
    }
  }

  @Test
  void programsAreToldToo() throws Exception {
    try (TorrentReport report = new TorrentReport(true, List.of())) {
      new SeedWatch(report).add(SeedWatchTest::fail);
    }

    assertEquals("{\"event\":\"warning\",\"message\":\"no bytes\\u009b\"}", output().strip());
    assertEquals("", errors());
  }

  @Test
  void interruptEndsItAll() {
    try (TorrentReport report = new TorrentReport(false, List.of())) {
      Thread.currentThread().interrupt();

      assertThrows(TorrentException.class, () -> new SeedWatch(report).add(SeedWatchTest::fail));
      assertTrue(Thread.interrupted());
    }
  }

  private static Torrent fail() {
    throw new TorrentException("no bytes\u009b");
  }
}
