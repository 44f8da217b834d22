package org.webtorrent4j.rtc.dtls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A handshake that was recorded with all its secrets: values, transcript, datagrams. */
final class DtlsVectors {
  final Map<String, byte[]> values = new HashMap<>();
  final List<byte[]> transcript = new ArrayList<>();

  /** Datagrams in order, those of the browser only. */
  final List<byte[]> fromPeer = new ArrayList<>();

  DtlsVectors(String name) {
    for (String line : read("/dtls/" + name + ".txt").split("\n", -1)) {
      String[] value = line.split(" = ", 2);
      if (line.startsWith("T ")) {
        transcript.add(hex(line.substring(2)));
      } else if (line.startsWith("D peer ")) {
        fromPeer.add(hex(line.substring("D peer ".length())));
      } else if (value.length == 2 && value[1].matches("([0-9a-f]{2})+")) {
        values.put(value[0], hex(value[1]));
      }
    }
  }

  byte[] value(String... names) {
    for (String name : names) {
      byte[] value = values.get(name);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalArgumentException("none of " + List.of(names) + " in " + values.keySet());
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.strip());
  }

  private static String read(String resource) {
    try (InputStream in = DtlsVectors.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
