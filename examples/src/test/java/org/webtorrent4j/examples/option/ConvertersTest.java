package org.webtorrent4j.examples.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1500000, 1500000",
    "500k, 500000",
    "500K, 500000",
    "2M, 2000000",
    "1.5MB/s, 1500000",
    "4Mi, 4194304",
    "256KiB, 262144",
    "1g, 1000000000"
  })
  void rateIsRead(String text, long bytes) {
    assertEquals(bytes, new RateConverter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-1", "5x", "1e3", "3i", "1.k", "99999999999999999999"})
  void otherTextIsNoRate(String text) {
    assertThrows(TypeConversionException.class, () -> new RateConverter().convert(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7:6881, 10.0.0.7, 6881",
    "example.org:1, example.org, 1",
    "[::1]:65535, ::1, 65535"
  })
  void peerIsRead(String text, String host, int port) {
    var peer = new PeerConverter().convert(text);

    assertEquals(host, peer.getHostString());
    assertEquals(port, peer.getPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":1", "host:0", "host:65536", "::1:80", "host:-1"})
  void otherTextIsNoPeer(String text) {
    assertThrows(TypeConversionException.class, () -> new PeerConverter().convert(text));
  }
}
