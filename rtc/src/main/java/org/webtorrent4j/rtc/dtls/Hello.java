package org.webtorrent4j.rtc.dtls;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hellos of both sides, RFC 5246 7.4.1, RFC 6347 4.2.1: what we say, and what others may say.
 */
final class Hello {
  /** TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, the one that all browsers have. */
  static final int SUITE = 0xc02b;

  /** ecdsa_secp256r1_sha256. */
  static final int ECDSA_SHA256 = 0x0403;

  static final int RANDOM = 32;

  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURES = 13;
  private static final int EXTENDED_MASTER_SECRET = 23;
  private static final int RENEGOTIATION_INFO = 0xff01;

  /** "Renegotiation is secure", as a cipher suite, RFC 5746. */
  private static final int RENEGOTIATION_SCSV = 0x00ff;

  /** What we offer, so the most that a server may answer. */
  private static final Set<Integer> OFFERED =
      Set.of(POINT_FORMATS, EXTENDED_MASTER_SECRET, RENEGOTIATION_INFO);

  private Hello() {}

  /** What of a client's hello we go by. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Client(byte[] random, int group, boolean knowsRenegotiation) {}

  static byte[] client(byte[] random, byte[] cookie) {
    byte[] extensions =
        new ByteWriter()
            .uint16(GROUPS)
            .uint16(6)
            .uint16(4)
            .uint16(KeyExchange.X25519)
            .uint16(KeyExchange.P256)
            .uint16(POINT_FORMATS)
            .uint16(2)
            .uint16(0x0100)
            .uint16(SIGNATURES)
            .uint16(4)
            .uint16(2)
            .uint16(ECDSA_SHA256)
            .uint16(EXTENDED_MASTER_SECRET)
            .uint16(0)
            .uint16(RENEGOTIATION_INFO)
            .uint16(1)
            .uint8(0)
            .toBytes();
    return new ByteWriter()
        .uint16(Records.VERSION)
        .bytes(random)
        .uint8(0)
        .part8(cookie)
        .uint16(2)
        .uint16(SUITE)
        .part8(new byte[1])
        .part16(extensions)
        .toBytes();
  }

  /**
   * @throws DtlsException if we have nothing in common, or it is not well-formed
   */
  static Client readClient(byte[] body) throws DtlsException {
    ByteReader in = new ByteReader(body);
    checkVersion(in.uint16());
    byte[] random = in.bytes(RANDOM);
    in.part(1); // a session, which we would not resume
    in.part(1); // a cookie, which we never gave
    Set<Integer> suites = readNumbers(in.part(2));
    if (!suites.contains(SUITE)) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no cipher suite in common");
    }
    if (!contains(in.part(1).rest(), 0)) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "no compression method in common");
    }
    Map<Integer, byte[]> extensions = readExtensions(in);
    if (!extensions.containsKey(EXTENDED_MASTER_SECRET)) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no extended master secret");
    }
    byte[] signatures = extensions.get(SIGNATURES);
    if (signatures == null || !readList(signatures).contains(ECDSA_SHA256)) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no signature algorithm in common");
    }
    return new Client(
        random,
        chooseGroup(extensions.get(GROUPS)),
        extensions.containsKey(RENEGOTIATION_INFO) || suites.contains(RENEGOTIATION_SCSV));
  }

  /** Our answer; what was not offered must not be in it. */
  static byte[] server(byte[] random, boolean knowsRenegotiation) {
    ByteWriter extensions = new ByteWriter().uint16(EXTENDED_MASTER_SECRET).uint16(0);
    if (knowsRenegotiation) {
      extensions.uint16(RENEGOTIATION_INFO).uint16(1).uint8(0);
    }
    return new ByteWriter()
        .uint16(Records.VERSION)
        .bytes(random)
        .uint8(0)
        .uint16(SUITE)
        .uint8(0)
        .part16(extensions.toBytes())
        .toBytes();
  }

  /**
   * @return the server's random
   * @throws DtlsException if it chose what we did not offer
   */
  static byte[] readServer(byte[] body) throws DtlsException {
    ByteReader in = new ByteReader(body);
    checkVersion(in.uint16());
    byte[] random = in.bytes(RANDOM);
    in.part(1);
    if (in.uint16() != SUITE || in.uint8() != 0) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "a cipher suite that was not offered");
    }
    Map<Integer, byte[]> extensions = readExtensions(in);
    if (!OFFERED.containsAll(extensions.keySet())) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "an extension that was not offered");
    }
    if (!extensions.containsKey(EXTENDED_MASTER_SECRET)) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no extended master secret");
    }
    byte[] renegotiation = extensions.get(RENEGOTIATION_INFO);
    if (renegotiation == null || renegotiation.length != 1 || renegotiation[0] != 0) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no secure renegotiation");
    }
    return random;
  }

  /** The cookie that a server wants to have repeated. */
  static byte[] readVerifyRequest(byte[] body) throws DtlsException {
    ByteReader in = new ByteReader(body);
    in.uint16(); // some say 1.0 here, whatever they speak
    byte[] cookie = in.part(1).rest();
    in.expectEnd();
    return cookie;
  }

  private static void checkVersion(int version) throws DtlsException {
    if (version != Records.VERSION) {
      throw new DtlsException(Alert.PROTOCOL_VERSION, "DTLS version 0x%04x".formatted(version));
    }
  }

  private static int chooseGroup(byte @Nullable [] groups) throws DtlsException {
    // Who names none takes any, RFC 8422 4; P-256 is what such old ones have.
    if (groups == null) {
      return KeyExchange.P256;
    }
    Set<Integer> theirs = readList(groups);
    if (theirs.contains(KeyExchange.X25519)) {
      return KeyExchange.X25519;
    }
    if (theirs.contains(KeyExchange.P256)) {
      return KeyExchange.P256;
    }
    throw new DtlsException(Alert.HANDSHAKE_FAILURE, "no group in common");
  }

  private static Map<Integer, byte[]> readExtensions(ByteReader in) throws DtlsException {
    Map<Integer, byte[]> extensions = new LinkedHashMap<>();
    if (in.hasMore()) {
      ByteReader all = in.part(2);
      while (all.hasMore()) {
        int type = all.uint16();
        if (extensions.put(type, all.part(2).rest()) != null) {
          throw new DtlsException(Alert.ILLEGAL_PARAMETER, "extension " + type + " comes twice");
        }
      }
    }
    in.expectEnd();
    return extensions;
  }

  private static Set<Integer> readList(byte[] extension) throws DtlsException {
    ByteReader in = new ByteReader(extension);
    Set<Integer> numbers = readNumbers(in.part(2));
    in.expectEnd();
    return numbers;
  }

  private static Set<Integer> readNumbers(ByteReader in) throws DtlsException {
    Set<Integer> numbers = new HashSet<>();
    while (in.hasMore()) {
      numbers.add(in.uint16());
    }
    return numbers;
  }

  private static boolean contains(byte[] values, int wanted) {
    for (byte value : values) {
      if (value == wanted) {
        return true;
      }
    }
    return false;
  }
}
