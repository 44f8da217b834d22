package org.webtorrent4j.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers, who have no keys, and peers, who have, may try. */
class DtlsHostileTest {
  /** Datagrams that anybody can send, most of which end a handshake of the JDK's own engine. */
  static List<byte[]> forgeries() {
    List<byte[]> all = new ArrayList<>();
    all.add(new byte[0]);
    all.add(new byte[12]);
    all.add(record(0, 0, "00"));
    all.add(record(19, 0, "00"));
    all.add(record(255, 0, "00"));
    all.add(record(22, 0, ""));
    all.add(record(22, 0, "010000"));
    all.add(record(21, 0, "0228"));
    all.add(record(21, 0, "0100"));
    all.add(record(21, 0, "02"));
    all.add(record(20, 0, "01"));
    all.add(record(20, 0, "0101"));
    all.add(record(23, 0, "616263"));
    all.add(record(23, 0, ""));
    all.add(record(22, 1, "14".repeat(40)));
    all.add(record(23, 1, "14".repeat(40)));
    all.add(record(21, 1, "14".repeat(2)));
    all.add(record(22, 2, "14".repeat(40)));
    all.add(record(22, 65_535, "14".repeat(40)));
    all.add(handshake(0, 0, 0, 0, ""));
    all.add(handshake(HandshakeMessage.FINISHED, 12, 1, 0, "00".repeat(12)));
    all.add(handshake(HandshakeMessage.CERTIFICATE, 1 << 23, 1, 0, "00"));
    all.add(handshake(HandshakeMessage.CERTIFICATE, 16_385, 1, 0, "00"));
    all.add(handshake(HandshakeMessage.CERTIFICATE, 10, 1, 9, "0000"));
    all.add(handshake(HandshakeMessage.CERTIFICATE, 10, 1, 0, ""));
    all.add(handshake(HandshakeMessage.CERTIFICATE, 16_384, 3, 0, "00"));
    all.add(handshake(HandshakeMessage.CERTIFICATE_VERIFY, 4, 3, 0, "00000000"));
    all.add(handshake(HandshakeMessage.SERVER_HELLO_DONE, 0, 2, 0, ""));
    all.add(handshake(HandshakeMessage.CLIENT_KEY_EXCHANGE, 100, 1, 0, "00"));
    all.add(handshake(99, 1, 1, 0, "00"));
    all.add(handshake(HandshakeMessage.CLIENT_HELLO, 100, 8, 0, "00"));
    all.add(handshake(HandshakeMessage.CLIENT_HELLO, 100, 65_535, 0, "00"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void forgedDatagramDoesNotKeepTwoHonestEndsApart(byte[] forged) {
    for (int phase = 0; phase < 6; phase++) {
      DtlsFixture.Pair pair = new DtlsFixture.Pair(phase);
      pair.link.start();
      pair.link.run(10L * phase);
      for (int i = 0; i < 30; i++) {
        pair.client.receive(forged, 0, forged.length, pair.link.now);
        pair.server.receive(forged, 0, forged.length, pair.link.now);
      }

      assertTrue(pair.link.runUntilUp(10_000), "phase " + phase);
      pair.client.write(new byte[] {1}, 0, 1);
      pair.server.write(new byte[] {2}, 0, 1);
      pair.link.run(100);
      assertEquals(1, pair.link.left.received.size());
      assertEquals(1, pair.link.right.received.size());
    }
  }

  @Test
  void randomBytesChangeNothing() {
    Random random = new Random(1);
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();
    List<byte[]> genuine = new ArrayList<>(pair.link.left.sent);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = genuine.get(random.nextInt(genuine.size())).clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      DtlsEndpoint fresh = i % 2 == 0 ? pair.server : DtlsFixture.server(new DtlsLink(1).right);
      fresh.receive(mutated, 0, random.nextInt(mutated.length + 1), pair.link.now);
    }

    pair.client.write(new byte[] {1}, 0, 1);
    pair.link.run(100);
    assertEquals(1, pair.link.right.received.size());
    assertEquals(0, pair.link.right.downs);
  }

  @Test
  void replayedRecordIsDeliveredOnce() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();
    for (int i = 0; i < 70; i++) {
      pair.client.write(new byte[] {(byte) i}, 0, 1);
    }
    pair.link.run(100);
    List<byte[]> sent = pair.link.left.sent;

    for (byte[] datagram : sent.subList(sent.size() - 70, sent.size())) {
      pair.server.receive(datagram.clone(), 0, datagram.length, pair.link.now);
    }

    assertEquals(70, pair.link.right.received.size());
  }

  @Test
  void alertFromAStrangerIsIgnoredOnceUp() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();

    byte[] closing = record(21, 0, "0100");
    pair.client.receive(closing, 0, closing.length, pair.link.now);

    assertTrue(pair.client.isUp());
  }

  @Test
  void nothingMayBeWrittenBeforeTheEnd() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1);
    pair.link.start();

    assertThrows(IllegalStateException.class, () -> pair.client.write(new byte[1], 0, 1));
    assertFalse(pair.client.isUp());
  }

  @ParameterizedTest
  @CsvSource({
    // version, suite, group, signature, master secret, compression: the alert that it earns
    "fefd, c02b, 001d, 0403, 17, 00, 0",
    "fefd, c02b, 0017, 0403, 17, 00, 0",
    "feff, c02b, 001d, 0403, 17, 00, 70",
    "0303, c02b, 001d, 0403, 17, 00, 70",
    "fefd, c02f, 001d, 0403, 17, 00, 40",
    "fefd, c02b, 0018, 0403, 17, 00, 40",
    "fefd, c02b, 001d, 0203, 17, 00, 40",
    "fefd, c02b, 001d, 0403, 18, 00, 40",
    "fefd, c02b, 001d, 0403, 17, 01, 47",
  })
  void helloThatHasNothingInCommonIsToldSo(
      String version,
      String suite,
      String group,
      String signature,
      String masterSecret,
      String compression,
      int alert) {
    String extensions =
        "000a00040002" + group + "000d00040002" + signature + "00" + masterSecret + "0000";
    String body =
        version
            + "11".repeat(32)
            + "0000"
            + "0002"
            + suite
            + "01"
            + compression
            + "%04x".formatted(extensions.length() / 2)
            + extensions;
    DtlsLink link = new DtlsLink(1);
    DtlsEndpoint server = DtlsFixture.server(link.right);
    link.right.party = DtlsLink.ours(server);
    link.left.party = DtlsLink.ours(DtlsFixture.client(link.left));
    byte[] hello = handshake(HandshakeMessage.CLIENT_HELLO, body.length() / 2, 0, 0, body);

    server.start(0);
    server.receive(hello, 0, hello.length, 0);
    link.run(20);

    if (alert == 0) {
      assertEquals(0, link.right.downs);
    } else {
      assertEquals(alert, assertInstanceOf(DtlsException.class, link.right.cause).alert());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "00",
      })
  void pointsThatGiveTheSecretAwayAreRefused(String point) throws Exception {
    KeyExchange exchange = KeyExchange.generate(KeyExchange.X25519, DtlsFixture.RANDOM);

    DtlsException refused =
        assertThrows(DtlsException.class, () -> exchange.agree(HexFormat.of().parseHex(point)));

    assertEquals(Alert.ILLEGAL_PARAMETER, refused.alert());
  }

  @Test
  void pointOffTheCurveIsRefused() throws Exception {
    KeyExchange exchange = KeyExchange.generate(KeyExchange.P256, DtlsFixture.RANDOM);
    byte[] off = exchange.publicKey();
    off[64] ^= 1;
    byte[] compressed = Arrays.copyOf(exchange.publicKey(), 33);
    compressed[0] = 2;

    assertThrows(DtlsException.class, () -> exchange.agree(off));
    assertThrows(DtlsException.class, () -> exchange.agree(compressed));
  }

  private static byte[] record(int type, int epoch, String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    byte[] record = Arrays.copyOf(new byte[0], Records.HEADER + body.length);
    Records.writeHeader(record, 0, type, epoch, 77, body.length);
    System.arraycopy(body, 0, record, Records.HEADER, body.length);
    return record;
  }

  private static byte[] handshake(int type, int total, int sequence, int offset, String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    byte[] message =
        new ByteWriter()
            .uint8(type)
            .uint24(total)
            .uint16(sequence)
            .uint24(offset)
            .uint24(body.length)
            .bytes(body)
            .toBytes();
    return record(Records.HANDSHAKE, 0, HexFormat.of().formatHex(message));
  }
}
