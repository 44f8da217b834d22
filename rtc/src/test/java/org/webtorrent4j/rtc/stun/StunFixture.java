package org.webtorrent4j.rtc.stun;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A captured packet and what is known of it. */
record StunFixture(
    String name, String password, String integrity, String fingerprint, String says) {
  static Stream<StunFixture> all() {
    return Arrays.stream(read("stun-index.tsv").split("\n"))
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(column -> new StunFixture(column[0], column[2], column[3], column[4], column[6]));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(read(name).strip());
  }

  @Override
  public String toString() {
    return name;
  }

  private static String read(String name) {
    try (InputStream in = StunFixture.class.getResourceAsStream("/stun/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
