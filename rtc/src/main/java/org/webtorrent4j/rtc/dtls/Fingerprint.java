package org.webtorrent4j.rtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash of a certificate, as a session description names it: {@code a=fingerprint:sha-256 1F:…},
 * RFC 8122. Immutable.
 */
public final class Fingerprint {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** What is strong enough, the strongest first. */
  private static final List<String> KNOWN = List.of("sha-512", "sha-384", "sha-256");

  private final String algorithm;
  private final byte[] hash;

  private Fingerprint(String algorithm, byte[] hash) {
    this.algorithm = algorithm;
    this.hash = hash;
  }

  /** The SHA-256 fingerprint of a certificate in DER. */
  public static Fingerprint of(byte[] certificate) {
    return new Fingerprint("sha-256", digest("sha-256", certificate));
  }

  /**
   * Reads the value of a fingerprint line, letters of either case.
   *
   * @return nothing if it is not well-formed, or of a hash that is too weak or unknown
   */
  public static Optional<Fingerprint> parse(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String algorithm = value.substring(0, space).toLowerCase(Locale.ROOT);
    if (!KNOWN.contains(algorithm)) {
      return Optional.empty();
    }
    try {
      byte[] hash = COLONS.parseHex(value.substring(space + 1).strip());
      int bits = Integer.parseInt(algorithm.substring("sha-".length()));
      return hash.length * 8 == bits
          ? Optional.of(new Fingerprint(algorithm, hash))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a certificate has one of the fingerprints of the strongest hash among those given. */
  static boolean anyMatches(List<Fingerprint> fingerprints, byte[] certificate) {
    for (String algorithm : KNOWN) {
      List<Fingerprint> strongest =
          fingerprints.stream().filter(f -> f.algorithm.equals(algorithm)).toList();
      if (!strongest.isEmpty()) {
        byte[] hash = digest(algorithm, certificate);
        return strongest.stream().anyMatch(f -> MessageDigest.isEqual(f.hash, hash));
      }
    }
    return false;
  }

  private static byte[] digest(String algorithm, byte[] certificate) {
    try {
      return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has them
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && algorithm.equals(that.algorithm)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** The value of a fingerprint line. In capitals: Firefox refuses small letters. */
  @Override
  public String toString() {
    return algorithm + " " + COLONS.formatHex(hash);
  }
}
