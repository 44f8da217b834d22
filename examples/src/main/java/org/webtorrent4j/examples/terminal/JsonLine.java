package org.webtorrent4j.examples.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.net.ForeignText;

/** Writes one JSON object (RFC 8259) on one line. */
public final class JsonLine {
  private final List<String> members = new ArrayList<>();

  /** Begins an object; {@code event} says what the line is about. */
  public static JsonLine event(String event) {
    return new JsonLine().put("event", event);
  }

  /** Adds a member. */
  public JsonLine put(String name, String value) {
    members.add(quote(name) + ":" + quote(value));
    return this;
  }

  /** Adds a member. */
  public JsonLine put(String name, long value) {
    members.add(quote(name) + ":" + value);
    return this;
  }

  /** Adds a member. */
  public JsonLine put(String name, boolean value) {
    members.add(quote(name) + ":" + value);
    return this;
  }

  /** Adds a list of texts. */
  public JsonLine putStrings(String name, List<String> values) {
    members.add(
        quote(name) + ":[" + String.join(",", values.stream().map(JsonLine::quote).toList()) + "]");
    return this;
  }

  /** Adds a list of objects. */
  public JsonLine putObjects(String name, List<JsonLine> values) {
    members.add(
        quote(name)
            + ":["
            + String.join(",", values.stream().map(JsonLine::toString).toList())
            + "]");
    return this;
  }

  /** Prints the line to standard output. */
  public void print() {
    printTo(System.out);
  }

  /** Prints the line. */
  public void printTo(PrintStream out) {
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
          if (!ForeignText.isHarmless(c)) { // a surrogate too, and what steers terminals
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
