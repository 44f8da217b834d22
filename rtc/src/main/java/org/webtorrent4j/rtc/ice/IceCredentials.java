package org.webtorrent4j.rtc.ice;

import java.util.random.RandomGenerator;

/**
 * A name and a password for one connection, RFC 8445 5.3.
 *
 * @param ufrag 4 to 256 letters, digits and a few signs
 * @param password 22 to 256 of them
 */
public record IceCredentials(String ufrag, String password) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int UFRAG = 8;
  private static final int PASSWORD = 24;

  /** New ones; 48 and 144 bits of chance. */
  public static IceCredentials create(RandomGenerator random) {
    return new IceCredentials(letters(random, UFRAG), letters(random, PASSWORD));
  }

  private static String letters(RandomGenerator random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** Never the password. */
  @Override
  public String toString() {
    return ufrag;
  }
}
