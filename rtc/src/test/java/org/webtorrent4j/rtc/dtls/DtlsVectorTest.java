package org.webtorrent4j.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Handshakes of OpenSSL 3.0, Chromium 156 and Firefox 153 that were recorded with their secrets.
 */
class DtlsVectorTest {
  @Test
  void keysAreThoseOfOpenSsl() throws Exception {
    DtlsVectors openSsl = new DtlsVectors("vector-openssl-server");

    KeyExchange exchange =
        KeyExchange.of(
            KeyExchange.X25519,
            new KeyPair(
                x25519Public(openSsl.value("client X25519 public")),
                KeyFactory.getInstance("X25519")
                    .generatePrivate(
                        new XECPrivateKeySpec(
                            NamedParameterSpec.X25519, openSsl.value("client X25519 private")))));
    byte[] premaster = exchange.agree(openSsl.value("server X25519 public"));
    assertArrayEquals(openSsl.value("client X25519 public"), exchange.publicKey());
    assertArrayEquals(openSsl.value("premaster"), premaster);

    Transcript transcript = new Transcript();
    byte[] sessionHash = new byte[0];
    List<byte[]> beforeFinished = new ArrayList<>();
    for (byte[] message : openSsl.transcript) {
      if (message[0] == HandshakeMessage.FINISHED && beforeFinished.isEmpty()) {
        beforeFinished.add(transcript.hash());
      }
      transcript.add(message(message));
      if (message[0] == HandshakeMessage.FINISHED && beforeFinished.size() == 1) {
        beforeFinished.add(transcript.hash());
      }
      if (message[0] == HandshakeMessage.CLIENT_KEY_EXCHANGE) {
        sessionHash = transcript.hash();
      }
    }
    KeySchedule keys =
        new KeySchedule(
            premaster, sessionHash, openSsl.value("client_random"), openSsl.value("server_random"));
    assertArrayEquals(openSsl.value("master_secret (extended)"), keys.master());
    assertArrayEquals(openSsl.value("key_block"), keys.keyBlock());
    assertArrayEquals(
        openSsl.value("client verify_data"), keys.finished(true, beforeFinished.get(0)));
    assertArrayEquals(
        openSsl.value("server verify_data"), keys.finished(false, beforeFinished.get(1)));

    byte[] record = openSsl.value("app record");
    byte[] plain = new byte[record.length];
    int length = keys.cipher(true).open(record, 0, plain);
    assertArrayEquals(openSsl.value("app plaintext"), Arrays.copyOf(plain, length));
    byte[] sealed = new byte[record.length];
    keys.cipher(true)
        .seal(Records.APPLICATION_DATA, Records.sequence(record, 0), plain, 0, length, sealed, 0);
    assertArrayEquals(record, sealed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chromium156-as-client",
        "chromium156-as-server",
        "firefox153-as-client",
        "firefox153-as-server"
      })
  void messagesOfBrowsersAreReadFromTheirDatagramsInAnyOrder(String browser) throws Exception {
    DtlsVectors vectors = new DtlsVectors(browser);
    boolean isClient = browser.endsWith("client");
    List<byte[]> expected =
        vectors.transcript.stream().filter(message -> isFrom(message[0], isClient)).toList();
    Random random = new Random(1);

    for (int round = 0; round < 20; round++) {
      List<byte[]> datagrams = new ArrayList<>(vectors.fromPeer);
      Collections.shuffle(datagrams, random);
      List<HandshakeMessage> messages = reassemble(datagrams);
      assertEquals(expected.size(), messages.size());
      for (int i = 0; i < messages.size(); i++) {
        assertArrayEquals(expected.get(i), messages.get(i).toBytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1_000})
  void helloOfChromiumIsReadFromFragmentsOfAnySize(int size) {
    byte[] hello = new DtlsVectors("chromium156-as-client").transcript.get(0);
    List<byte[]> fragments = fragments(hello, size);
    fragments.addAll(fragments(hello, size));
    Collections.shuffle(fragments, new Random(2));

    Reassembler reassembler = new Reassembler();
    for (byte[] fragment : fragments) {
      reassembler.add(fragment, 0, fragment.length, type -> true);
    }

    HandshakeMessage whole = reassembler.peek();
    assertNotNull(whole);
    assertArrayEquals(hello, whole.toBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium156-as-client", "firefox153-as-client"})
  void hellosOfBrowsersAreUnderstood(String browser) throws Exception {
    DtlsVectors vectors = new DtlsVectors(browser);

    Hello.Client hello = Hello.readClient(body(vectors.transcript.get(0)));

    assertArrayEquals(vectors.value("client_random"), hello.random());
    assertEquals(KeyExchange.X25519, hello.group());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium156-as-server", "firefox153-as-server"})
  void flightsOfBrowsersAreUnderstoodAndTheirSignaturesHold(String browser) throws Exception {
    DtlsVectors vectors = new DtlsVectors(browser);
    byte[] certificate = vectors.value("certificate (browser)");
    byte[] clientRandom = vectors.value("client_random");
    byte[] serverRandom = new byte[0];
    PublicKey key = null;
    for (byte[] message : vectors.transcript) {
      if (message[0] == HandshakeMessage.SERVER_HELLO) {
        serverRandom = Hello.readServer(body(message));
        assertArrayEquals(vectors.value("server_random"), serverRandom);
      } else if (message[0] == HandshakeMessage.CERTIFICATE && key == null) {
        key = Certificates.read(body(message), List.of(Fingerprint.of(certificate)));
      } else if (message[0] == HandshakeMessage.SERVER_KEY_EXCHANGE) {
        PublicKey known = key;
        assertNotNull(known);
        ServerKeys.read(body(message)).verify(known, clientRandom, serverRandom);
        byte[] forged = body(message);
        forged[5] ^= 1;
        byte[] random = serverRandom;
        assertThrows(
            DtlsException.class, () -> ServerKeys.read(forged).verify(known, clientRandom, random));
      } else if (message[0] == HandshakeMessage.CERTIFICATE_REQUEST) {
        Certificates.checkRequest(body(message));
      }
    }
  }

  private static boolean isFrom(int type, boolean client) {
    return switch (type) {
      case HandshakeMessage.CLIENT_HELLO,
          HandshakeMessage.CLIENT_KEY_EXCHANGE,
          HandshakeMessage.CERTIFICATE_VERIFY ->
          client;
      case HandshakeMessage.SERVER_HELLO,
          HandshakeMessage.SERVER_KEY_EXCHANGE,
          HandshakeMessage.CERTIFICATE_REQUEST,
          HandshakeMessage.SERVER_HELLO_DONE ->
          !client;
      default -> false;
    };
  }

  /** All messages that can be read without keys, but certificates, which both sides have. */
  private static List<HandshakeMessage> reassemble(List<byte[]> datagrams) {
    Reassembler reassembler = new Reassembler();
    List<HandshakeMessage> messages = new ArrayList<>();
    for (byte[] datagram : datagrams) {
      for (int at = 0; Records.isRecord(datagram, at, datagram.length); ) {
        int from = at + Records.HEADER;
        int length = Records.length(datagram, at);
        if (Records.epoch(datagram, at) == 0 && Records.type(datagram, at) == Records.HANDSHAKE) {
          reassembler.add(datagram, from, from + length, type -> true);
        }
        at = from + length;
      }
      for (HandshakeMessage message; (message = reassembler.peek()) != null; ) {
        reassembler.accept();
        if (message.type() != HandshakeMessage.CERTIFICATE) {
          messages.add(message);
        }
      }
    }
    return messages;
  }

  private static List<byte[]> fragments(byte[] message, int size) {
    byte[] body = body(message);
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 0; at < body.length; at += size) {
      int length = Math.min(size, body.length - at);
      fragments.add(
          new ByteWriter()
              .uint8(message[0])
              .uint24(body.length)
              .uint16(0)
              .uint24(at)
              .uint24(length)
              .bytes(Arrays.copyOfRange(body, at, at + length))
              .toBytes());
    }
    return fragments;
  }

  private static HandshakeMessage message(byte[] bytes) {
    return new HandshakeMessage(bytes[0], (bytes[4] & 0xff) << 8 | (bytes[5] & 0xff), body(bytes));
  }

  private static byte[] body(byte[] message) {
    return Arrays.copyOfRange(message, HandshakeMessage.HEADER, message.length);
  }

  private static PublicKey x25519Public(byte[] littleEndian) throws Exception {
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[i] = littleEndian[31 - i];
    }
    return KeyFactory.getInstance("X25519")
        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, big)));
  }
}
