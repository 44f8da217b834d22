package org.webtorrent4j.rtc.dtls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;

/** ServerKeyExchange, RFC 8422 5.4: the server's half of the agreement, signed. */
final class ServerKeys {
  private static final int NAMED_CURVE = 3;

  private ServerKeys() {}

  static byte[] write(
      KeyExchange exchange,
      byte[] clientRandom,
      byte[] serverRandom,
      PrivateKey key,
      SecureRandom random)
      throws GeneralSecurityException {
    byte[] parameters =
        new ByteWriter()
            .uint8(NAMED_CURVE)
            .uint16(exchange.group())
            .part8(exchange.publicKey())
            .toBytes();
    byte[] signature = Certificates.sign(key, hash(clientRandom, serverRandom, parameters), random);
    return new ByteWriter().bytes(parameters).bytes(signature).toBytes();
  }

  /** The group and the public key of a server, before anything was checked. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Offer(int group, byte[] publicKey, byte[] parameters, ByteReader signature) {
    /**
     * @throws DtlsException if the certificate's key did not sign it for these two hellos
     */
    void verify(PublicKey key, byte[] clientRandom, byte[] serverRandom)
        throws GeneralSecurityException, DtlsException {
      Certificates.verify(key, hash(clientRandom, serverRandom, parameters), signature);
    }
  }

  static Offer read(byte[] body) throws DtlsException {
    ByteReader in = new ByteReader(body);
    int curve = in.uint8();
    int group = in.uint16();
    if (curve != NAMED_CURVE || !KeyExchange.isKnown(group)) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "a group that was not offered");
    }
    byte[] publicKey = in.part(1).rest();
    return new Offer(group, publicKey, in.since(0), in);
  }

  private static byte[] hash(byte[] clientRandom, byte[] serverRandom, byte[] parameters) {
    MessageDigest digest = Transcript.sha256();
    digest.update(clientRandom);
    digest.update(serverRandom);
    return digest.digest(parameters);
  }
}
