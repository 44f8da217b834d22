package org.webtorrent4j.tracker.server.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The numbers of the server for people and for programs. */
final class StatsPage {
  private static final String PREFIX = "webtorrent4j_tracker_";

  private StatsPage() {}

  static String html(List<Metric> metrics, List<String> announceUrls) {
    String urls =
        announceUrls.stream()
            .map(url -> "<code>" + escape(url) + "</code>")
            .collect(Collectors.joining(", "));
    StringBuilder rows = new StringBuilder();
    for (Metric metric : metrics) {
      metric
          .values()
          .forEach(
              (key, value) ->
                  rows.append("<tr title=\"%s\"><td>".formatted(metric.help()))
                      .append(key.isEmpty() ? metric.name() : metric.name() + " (" + key + ")")
                      .append("</td><td>%d</td></tr>\n".formatted(value)));
    }
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Tracker</title></head>
        <body><h1>Tracker</h1>
        <p>Announce to %s</p>
        <table>
        %s</table></body></html>
        """
        .formatted(urls, rows);
  }

  /** One object; a metric with a label is an object of its own. */
  static String json(List<Metric> metrics) {
    return metrics.stream()
        .map(metric -> "\"" + metric.name() + "\":" + json(metric))
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String json(Metric metric) {
    Map<String, Long> values = metric.values();
    if (metric.label().isEmpty()) {
      return String.valueOf(values.get(""));
    }
    return values.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The text format of Prometheus, version 0.0.4. */
  static String prometheus(List<Metric> metrics) {
    StringBuilder text = new StringBuilder();
    for (Metric metric : metrics) {
      String name = PREFIX + metric.name() + (metric.isCounter() ? "_total" : "");
      text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
      text.append("# TYPE ").append(name).append(metric.isCounter() ? " counter\n" : " gauge\n");
      metric
          .values()
          .forEach(
              (key, value) -> {
                text.append(name);
                if (!metric.label().isEmpty()) {
                  text.append('{').append(metric.label()).append("=\"").append(key).append("\"}");
                }
                text.append(' ').append(value).append('\n');
              });
    }
    return text.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
