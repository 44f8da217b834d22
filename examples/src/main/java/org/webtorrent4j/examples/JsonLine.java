package org.webtorrent4j.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Writes one JSON object (RFC 8259) on one line. */
final class JsonLine {
  private final List<String> members = new ArrayList<>();

  /** Begins an object; {@code event} says what the line is about. */
  static JsonLine event(String event) {
    return new JsonLine().put("event", event);
  }

  JsonLine put(String name, String value) {
    members.add(quote(name) + ":" + quote(value));
    return this;
  }

  JsonLine put(String name, long value) {
    members.add(quote(name) + ":" + value);
    return this;
  }

  JsonLine put(String name, boolean value) {
    members.add(quote(name) + ":" + value);
    return this;
  }

  JsonLine putStrings(String name, List<String> values) {
    members.add(
        quote(name) + ":[" + String.join(",", values.stream().map(JsonLine::quote).toList()) + "]");
    return this;
  }

  JsonLine putObjects(String name, List<JsonLine> values) {
    members.add(
        quote(name)
            + ":["
            + String.join(",", values.stream().map(JsonLine::toString).toList())
            + "]");
    return this;
  }

  void printTo(PrintStream out) {
    out.println(this);
    out.flush();
  }

  @Override
  public String toString() {
    return "{" + String.join(",", members) + "}";
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
