package org.webtorrent4j.rtc.dtls;

import java.io.ByteArrayInputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;

/**
 * Certificates and what is signed with their keys, RFC 5246 7.4.2 and 7.4.8. The fingerprint is all
 * the identity that a peer has: names, dates and chains say nothing here.
 */
final class Certificates {
  private static final int MAX_CERTIFICATE = 4_096;

  /** client_certificate_type ecdsa_sign. */
  private static final int ECDSA_SIGN = 64;

  private Certificates() {}

  static byte[] message(byte[] certificate) {
    return new ByteWriter().part24(new ByteWriter().part24(certificate).toBytes()).toBytes();
  }

  /** What a server asks of its clients: a certificate for ECDSA, by whomever. */
  static byte[] request() {
    return new ByteWriter()
        .part8(new byte[] {ECDSA_SIGN})
        .uint16(2)
        .uint16(Hello.ECDSA_SHA256)
        .uint16(0)
        .toBytes();
  }

  /**
   * @throws DtlsException if the server would not take our certificate
   */
  static void checkRequest(byte[] body) throws DtlsException {
    ByteReader in = new ByteReader(body);
    boolean takesEcdsa = false;
    for (byte type : in.part(1).rest()) {
      takesEcdsa |= type == ECDSA_SIGN;
    }
    boolean takesSha256 = false;
    for (ByteReader algorithms = in.part(2); algorithms.hasMore(); ) {
      takesSha256 |= algorithms.uint16() == Hello.ECDSA_SHA256;
    }
    if (!takesEcdsa || !takesSha256) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "the peer takes no ECDSA certificate");
    }
  }

  /**
   * The key of the first certificate of a message.
   *
   * @throws DtlsException if it has none of the expected fingerprints, or another kind of key
   */
  static PublicKey read(byte[] body, List<Fingerprint> expected) throws DtlsException {
    ByteReader chain = new ByteReader(body).part(3);
    if (!chain.hasMore()) {
      throw new DtlsException(Alert.HANDSHAKE_FAILURE, "the peer has no certificate");
    }
    byte[] certificate = chain.part(3).rest();
    if (certificate.length > MAX_CERTIFICATE) {
      throw new DtlsException(
          Alert.BAD_CERTIFICATE, "a certificate of " + certificate.length + " bytes");
    }
    if (!Fingerprint.anyMatches(expected, certificate)) {
      throw new DtlsException(
          Alert.BAD_CERTIFICATE, "the peer's certificate has another fingerprint than announced");
    }
    return readKey(certificate);
  }

  private static PublicKey readKey(byte[] certificate) throws DtlsException {
    try {
      PublicKey key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate))
              .getPublicKey();
      AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
      p256.init(new ECGenParameterSpec("secp256r1"));
      if (key instanceof ECPublicKey point
          && point
              .getParams()
              .getCurve()
              .equals(p256.getParameterSpec(ECParameterSpec.class).getCurve())) {
        return key;
      }
      throw new DtlsException(Alert.BAD_CERTIFICATE, "a certificate with a key that is not P-256");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new DtlsException(Alert.BAD_CERTIFICATE, "a certificate that cannot be read", e);
    }
  }

  /** Signs what has this hash; takes about half a millisecond. */
  static byte[] sign(PrivateKey key, byte[] hash, SecureRandom random)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("NONEwithECDSA");
    signature.initSign(key, random);
    signature.update(hash);
    return new ByteWriter().uint16(Hello.ECDSA_SHA256).part16(signature.sign()).toBytes();
  }

  /**
   * Reads a signature to the end of the message and checks it; takes about a millisecond.
   *
   * @throws DtlsException if it is not that of the key
   */
  static void verify(PublicKey key, byte[] hash, ByteReader in)
      throws GeneralSecurityException, DtlsException {
    if (in.uint16() != Hello.ECDSA_SHA256) {
      throw new DtlsException(
          Alert.ILLEGAL_PARAMETER, "a signature algorithm that was not offered");
    }
    byte[] bytes = in.part(2).rest();
    in.expectEnd();
    Signature signature = Signature.getInstance("NONEwithECDSA");
    signature.initVerify(key);
    signature.update(hash);
    try {
      if (signature.verify(bytes)) {
        return;
      }
    } catch (SignatureException e) {
      throw new DtlsException(Alert.DECRYPT_ERROR, "a signature that cannot be read", e);
    }
    throw new DtlsException(Alert.DECRYPT_ERROR, "the peer's signature is wrong");
  }
}
