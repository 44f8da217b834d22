package org.webtorrent4j.tracker.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsPageTest {
  private static final List<Metric> METRICS =
      List.of(
          Metric.gauge("peers", "Peers.", 3),
          new Metric("announces", "Announces.", true, "protocol", Map.of("udp", 5L)));

  @Test
  void textIsEscapedForThePage() {
    String page = StatsPage.html(METRICS, List.of("<a>&\"'"));

    assertTrue(page.contains("<code>&lt;a&gt;&amp;&quot;&#39;</code>"), page);
  }

  @Test
  void labelledNumbersAreAnObjectInJson() {
    assertEquals("{\"peers\":3,\"announces\":{\"udp\":5}}\n", StatsPage.json(METRICS));
  }

  @Test
  void countersAreNamedTotalForPrometheus() {
    assertEquals(
        """
        # HELP webtorrent4j_tracker_peers Peers.
        # TYPE webtorrent4j_tracker_peers gauge
        webtorrent4j_tracker_peers 3
        # HELP webtorrent4j_tracker_announces_total Announces.
        # TYPE webtorrent4j_tracker_announces_total counter
        webtorrent4j_tracker_announces_total{protocol="udp"} 5
        """,
        StatsPage.prometheus(METRICS));
  }
}
