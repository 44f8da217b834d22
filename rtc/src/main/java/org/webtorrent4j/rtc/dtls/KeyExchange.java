package org.webtorrent4j.rtc.dtls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** An ephemeral key pair of one of the two groups that we speak, RFC 8422. */
final class KeyExchange {
  static final int X25519 = 0x001d;
  static final int P256 = 0x0017;

  private final Group group;
  private final KeyPair pair;

  private KeyExchange(Group group, KeyPair pair) {
    this.group = group;
    this.pair = pair;
  }

  /** How a group's public keys look on the wire, and around that for Java. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
  private enum Group {
    /** 32 bytes, little endian. */
    MONTGOMERY(
        X25519, "X25519", "X25519", NamedParameterSpec.X25519, "302a300506032b656e032100", 32),
    /** An uncompressed point: 04, x, y. */
    WEIERSTRASS(
        P256,
        "EC",
        "ECDH",
        new ECGenParameterSpec("secp256r1"),
        "3059301306072a8648ce3d020106082a8648ce3d030107034200",
        65);

    final int id;
    final String keys;
    final String agreement;
    final AlgorithmParameterSpec parameters;

    /** The bytes of a SubjectPublicKeyInfo before the key itself. */
    final byte[] prefix;

    final int length;

    Group(
        int id,
        String keys,
        String agreement,
        AlgorithmParameterSpec parameters,
        String prefix,
        int length) {
      this.id = id;
      this.keys = keys;
      this.agreement = agreement;
      this.parameters = parameters;
      this.prefix = HexFormat.of().parseHex(prefix);
      this.length = length;
    }

    static @Nullable Group of(int id) {
      return id == X25519 ? MONTGOMERY : id == P256 ? WEIERSTRASS : null;
    }
  }

  static boolean isKnown(int group) {
    return Group.of(group) != null;
  }

  /** A new pair; costs about 0.2 ms with X25519. */
  static KeyExchange generate(int group, SecureRandom random) throws GeneralSecurityException {
    Group of = Group.of(group);
    if (of == null) {
      throw new IllegalArgumentException("group " + group);
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance(of.keys);
    generator.initialize(of.parameters, random);
    return new KeyExchange(of, generator.generateKeyPair());
  }

  static KeyExchange of(int group, KeyPair pair) {
    Group of = Group.of(group);
    if (of == null) {
      throw new IllegalArgumentException("group " + group);
    }
    return new KeyExchange(of, pair);
  }

  int group() {
    return group.id;
  }

  /** Our public key as it is sent. */
  byte[] publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - group.length, encoded.length);
  }

  /**
   * The secret that we share with who has sent a public key.
   *
   * @throws DtlsException if it is no point of the group, or one that would give the secret away
   */
  byte[] agree(byte[] theirs) throws DtlsException {
    if (theirs.length != group.length || (group == Group.WEIERSTRASS && theirs[0] != 4)) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "a public key of the wrong form");
    }
    try {
      byte[] encoded = Arrays.copyOf(group.prefix, group.prefix.length + theirs.length);
      System.arraycopy(theirs, 0, encoded, group.prefix.length, theirs.length);
      PublicKey key =
          KeyFactory.getInstance(group.keys).generatePublic(new X509EncodedKeySpec(encoded));
      KeyAgreement agreement = KeyAgreement.getInstance(group.agreement);
      agreement.init(pair.getPrivate());
      agreement.doPhase(key, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new DtlsException(Alert.ILLEGAL_PARAMETER, "a public key that cannot be used", e);
    }
  }
}
