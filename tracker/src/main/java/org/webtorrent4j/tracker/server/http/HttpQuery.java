package org.webtorrent4j.tracker.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.webtorrent4j.tracker.server.swarm.Refusal;

/** The parameters of a request, percent-decoded to bytes: hashes and ids are no text. Immutable. */
final class HttpQuery {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private final Map<String, List<byte[]>> values = new LinkedHashMap<>();

  private HttpQuery() {}

  /**
   * Reads a raw query; empty for none.
   *
   * @throws Refusal if its percent-encoding is broken
   */
  static HttpQuery parse(String query) throws Refusal {
    HttpQuery parsed = new HttpQuery();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        String name = new String(decode(parts[0]), StandardCharsets.UTF_8);
        byte[] value = decode(parts.length == 2 ? parts[1] : "");
        parsed.values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
    }
    return parsed;
  }

  private static byte[] decode(String text) throws Refusal {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
        int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new Refusal("invalid percent-encoding");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  /** All values of a parameter, in order; empty if it is missing. */
  List<byte[]> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The value of a parameter.
   *
   * @throws Refusal if it comes more than once
   */
  Optional<byte[]> value(String name) throws Refusal {
    List<byte[]> all = all(name);
    if (all.size() > 1) {
      throw new Refusal(name + " comes " + all.size() + " times");
    }
    return all.stream().findFirst();
  }

  /**
   * The value of a parameter that has so many bytes.
   *
   * @throws Refusal if it is missing, comes more than once or has another length
   */
  byte[] bytes(String name, int length) throws Refusal {
    byte[] bytes = value(name).orElseThrow(() -> new Refusal(name + " is missing"));
    if (bytes.length != length) {
      throw new Refusal(name + " has " + bytes.length + " bytes, not " + length);
    }
    return bytes;
  }

  /** The first value of a parameter, as text; empty if it is missing. */
  String text(String name) {
    List<byte[]> all = all(name);
    return all.isEmpty() ? "" : new String(all.get(0), StandardCharsets.UTF_8);
  }

  /** The value of a parameter as a decimal number, however long; none for anything else. */
  OptionalLong number(String name) {
    String text = text(name);
    if (!NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.of(text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }
}
