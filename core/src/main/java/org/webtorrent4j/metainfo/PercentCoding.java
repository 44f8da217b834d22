package org.webtorrent4j.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of UTF-8 text (RFC 3986). The JDK's coder is for HTML forms: it spoils plus
 * signs.
 */
final class PercentCoding {
  private static final String UNRESERVED = "-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  private PercentCoding() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain =
          c < 128
              && ((c >= '0' && c <= '9')
                  || (c >= 'A' && c <= 'Z')
                  || (c >= 'a' && c <= 'z')
                  || UNRESERVED.indexOf(c) >= 0);
      if (isPlain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes; bytes that are not UTF-8 become U+FFFD.
   *
   * @throws MetainfoException if a percent sign is not followed by two hexadecimal digits
   */
  static String decode(String text) throws MetainfoException {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        decoded.write(source[i]);
        continue;
      }
      boolean hasDigits = i + 2 < source.length;
      int high = hasDigits ? Character.digit(source[i + 1], 16) : -1;
      int low = hasDigits ? Character.digit(source[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new MetainfoException("bad percent escape in " + text);
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
