package org.webtorrent4j.tracker.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A number of the server, or several that differ by a label.
 *
 * @param name in snake case
 * @param help what it says, as a sentence
 * @param isCounter whether it only grows
 * @param label what its values differ by; empty if there is but one
 * @param values in the order to show them; the key of a single one is empty
 */
public record Metric(
    String name, String help, boolean isCounter, String label, Map<String, Long> values) {
  /** Keeps a copy of the values. */
  public Metric {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A number that goes up and down. */
  public static Metric gauge(String name, String help, long value) {
    return new Metric(name, help, false, "", Map.of("", value));
  }
}
