package org.webtorrent4j.rtc.dtls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Who we are to our peers: a key and a certificate that signs itself, ECDSA with P-256. Nobody
 * checks more of it than its fingerprint. Immutable.
 */
public final class DtlsIdentity {
  private static final Duration VALID_BEFORE = Duration.ofDays(1);
  private static final Duration VALID_AFTER = Duration.ofDays(30);
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** ecdsa-with-SHA256. */
  private static final byte[] ALGORITHM = hex("300a06082a8648ce3d040302");

  /** The common name, "WebRTC", as others call themselves. */
  private static final byte[] NAME = hex("3011310f300d06035504030c06576562525443");

  /** Version 3. */
  private static final byte[] VERSION = hex("a003020102");

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int TIME = 0x17;
  private static final int SEQUENCE = 0x30;

  private final PrivateKey key;
  private final byte[] certificate;
  private final Fingerprint fingerprint;

  DtlsIdentity(PrivateKey key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate.clone();
    this.fingerprint = Fingerprint.of(certificate);
  }

  /**
   * A new one, valid for thirty days. Takes about a millisecond.
   *
   * @throws GeneralSecurityException if this Java has no ECDSA, or does not allow it
   */
  public static DtlsIdentity create(SecureRandom random, Instant now)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    byte[] serial = new byte[8];
    random.nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40); // positive, and as long as it looks
    byte[] content =
        der(
            SEQUENCE,
            VERSION,
            der(INTEGER, serial),
            ALGORITHM,
            NAME,
            der(SEQUENCE, time(now.minus(VALID_BEFORE)), time(now.plus(VALID_AFTER))),
            NAME,
            pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate(), random);
    signature.update(content);
    byte[] certificate =
        der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, new byte[1], signature.sign()));
    return new DtlsIdentity(pair.getPrivate(), certificate);
  }

  /** What a session description says of the certificate. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  PrivateKey key() {
    return key;
  }

  byte[] certificate() {
    return certificate.clone();
  }

  private static byte[] time(Instant instant) {
    return der(TIME, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
