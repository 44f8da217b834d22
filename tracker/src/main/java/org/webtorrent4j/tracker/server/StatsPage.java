package org.webtorrent4j.tracker.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The numbers of the server for people and for programs. */
final class StatsPage {
  private StatsPage() {}

  static String html(TrackerStats stats, String announceUrl) {
    String rows =
        numbers(stats).entrySet().stream()
            .map(e -> "<tr><td>" + e.getKey() + "</td><td>" + e.getValue() + "</td></tr>\n")
            .collect(Collectors.joining());
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Tracker</title></head>
        <body><h1>Tracker</h1>
        <p>Announce to <code>%s</code></p>
        <table>
        %s</table></body></html>
        """
        .formatted(escape(announceUrl), rows);
  }

  static String json(TrackerStats stats) {
    return numbers(stats).entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static Map<String, Long> numbers(TrackerStats stats) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("torrents", (long) stats.torrents());
    numbers.put("peers", (long) stats.peers());
    numbers.put("seeds", (long) stats.seeds());
    numbers.put("leeches", (long) stats.leeches());
    numbers.put("ipv4", (long) stats.ipv4());
    numbers.put("ipv6", (long) stats.ipv6());
    numbers.put("announces", stats.announces());
    numbers.put("scrapes", stats.scrapes());
    numbers.put("refusals", stats.refusals());
    return numbers;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
