package org.webtorrent4j.metainfo;

/** Base 32 (RFC 4648) for info hashes: 32 digits of either case are 20 bytes. */
final class Base32 {
  private static final int DIGITS = 32;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  static boolean isHash(String text) {
    return text.length() == DIGITS && text.chars().allMatch(c -> digit((char) c) >= 0);
  }

  /** The 20 bytes of a text for which {@link #isHash} holds. */
  static byte[] decode(String text) {
    byte[] bytes = new byte[InfoHash.V1_LENGTH];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < DIGITS; i++) {
      bits = bits << 5 | digit(text.charAt(i));
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes[at++] = (byte) (bits >> held);
      }
    }
    return bytes;
  }

  private static int digit(char c) {
    return ALPHABET.indexOf(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
}
