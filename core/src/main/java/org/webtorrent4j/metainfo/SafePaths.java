package org.webtorrent4j.metainfo;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Turns names from outside into path elements that a file system can be trusted with: never a
 * separator, never {@code ..}, nothing invisible or that changes the direction of text, at most 240
 * bytes. The rules of Windows are added where it runs.
 *
 * @param isWindows whether names must suit Windows too
 */
record SafePaths(boolean isWindows) {
  private static final int MAX_BYTES = 240;
  private static final int MAX_EXTENSION = 10;
  private static final String WINDOWS_FORBIDDEN = "?<>\"|*:";
  private static final Set<String> WINDOWS_DEVICES =
      Set.of("con", "prn", "aux", "nul", "clock$", "conin$", "conout$");

  /** The rules of the system this runs on. */
  static SafePaths ofThisSystem() {
    return new SafePaths(File.separatorChar == '\\');
  }

  /** A path element that is never empty. */
  String element(byte[] utf8) {
    String name = name(utf8);
    return name.isEmpty() ? "_" : name;
  }

  /** A path element, or an empty text if nothing usable is left of the name. */
  String name(byte[] utf8) {
    String name = shorten(replace(decode(utf8)));
    if (isWindows) {
      name = renameDevice(name.replaceFirst("[. ]+$", ""));
    }
    return name.equals(".") || name.equals("..") ? "" : name;
  }

  private String replace(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .filter(c -> !isDropped(c))
        .forEach(c -> safe.appendCodePoint(isReplaced(c) ? '_' : c));
    return safe.toString();
  }

  /** Separators, and what is invisible or turns the direction of text. */
  private static boolean isDropped(int c) {
    return c == '/'
        || c == '\\'
        || c == 0x061c
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x2064)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xfeff;
  }

  private boolean isReplaced(int c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (isWindows && WINDOWS_FORBIDDEN.indexOf(c) >= 0);
  }

  /** Cuts what is too long, but keeps an extension of up to nine characters. */
  private static String shorten(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= MAX_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 ? name.substring(dot) : "";
    if (extension.codePointCount(0, extension.length()) > MAX_EXTENSION) {
      extension = "";
    }
    int end = MAX_BYTES - extension.getBytes(StandardCharsets.UTF_8).length;
    while ((utf8[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8) + extension;
  }

  private static String renameDevice(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    boolean isDevice = WINDOWS_DEVICES.contains(base) || base.matches("(com|lpt)[0-9¹²³]");
    return isDevice ? "_" + name : name;
  }

  /**
   * Decodes UTF-8 with one underscore for each sequence that is cut off, overlong, a surrogate or
   * beyond Unicode. The JDK's decoder would count such sequences differently.
   */
  private static String decode(byte[] utf8) {
    StringBuilder text = new StringBuilder(utf8.length);
    for (int i = 0; i < utf8.length; ) {
      int end = sequenceEnd(utf8, i);
      String one = new String(utf8, i, end - i, StandardCharsets.UTF_8);
      byte[] again = one.getBytes(StandardCharsets.UTF_8);
      text.append(Arrays.equals(utf8, i, end, again, 0, again.length) ? one : "_");
      i = end;
    }
    return text.toString();
  }

  /** Where the sequence that a byte announces ends, or the input, or its continuation bytes. */
  private static int sequenceEnd(byte[] utf8, int begin) {
    int announced = Integer.numberOfLeadingZeros(~(utf8[begin] << 24));
    int end = begin + 1;
    while (end < begin + announced && end < utf8.length && (utf8[end] & 0xc0) == 0x80) {
      end++;
    }
    return end;
  }
}
