package org.webtorrent4j.metainfo;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Turns names from outside into path elements that a file system can be trusted with: never a
 * separator, never {@code ..}, nothing invisible or that changes the direction of text, but for the
 * joiners that words and emoji are made with; at most 255 bytes, which is what file systems take.
 * The rules of Windows are added where it runs.
 *
 * @param isWindows whether names must suit Windows too
 * @param encoding of names that are not UTF-8, if that is known
 */
record SafePaths(boolean isWindows, Optional<Charset> encoding) {
  private static final int MAX_BYTES = 255;
  private static final int MAX_EXTENSION = 10;
  private static final String WINDOWS_FORBIDDEN = "?<>\"|*:";
  private static final Set<String> WINDOWS_DEVICES =
      Set.of("con", "prn", "aux", "nul", "clock$", "conin$", "conout$");

  SafePaths(boolean isWindows) {
    this(isWindows, Optional.empty());
  }

  /** The rules of the system this runs on. */
  static SafePaths ofThisSystem() {
    return new SafePaths(File.separatorChar == '\\');
  }

  /**
   * The same for names of old programs.
   *
   * @param name of a charset as a torrent file has it; ignored if this JVM does not know it
   */
  SafePaths withEncoding(String name) {
    try {
      return new SafePaths(isWindows, Optional.of(Charset.forName(name.strip())));
    } catch (IllegalArgumentException e) { // no such charset, or not even a name of one
      return this;
    }
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
        || c == 0x200b
        || (c >= 0x200e && c <= 0x200f)
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
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 ? name.substring(dot) : "";
    if (extension.codePointCount(0, extension.length()) > MAX_EXTENSION) {
      extension = "";
    }
    return joined(name.substring(0, name.length() - extension.length()), extension);
  }

  /** A name of two parts, of which the first is cut as far as the whole is too long. */
  static String joined(String begin, String end) {
    byte[] utf8 = begin.getBytes(StandardCharsets.UTF_8);
    int cut = Math.max(0, MAX_BYTES - end.getBytes(StandardCharsets.UTF_8).length);
    if (utf8.length <= cut) {
      return begin + end;
    }
    while (cut > 0 && (utf8[cut] & 0xc0) == 0x80) {
      cut--;
    }
    return new String(utf8, 0, cut, StandardCharsets.UTF_8) + end;
  }

  private static String renameDevice(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    boolean isDevice = WINDOWS_DEVICES.contains(base) || base.matches("(com|lpt)[0-9¹²³]");
    return isDevice ? "_" + name : name;
  }

  private String decode(byte[] name) {
    if (encoding.isPresent() && !isUtf8(name)) {
      return new String(name, encoding.get()).replace('\ufffd', '_');
    }
    return decodeUtf8(name);
  }

  private static boolean isUtf8(byte[] name) {
    return Arrays.equals(
        name, new String(name, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes UTF-8 with one underscore for each sequence that is cut off, overlong, a surrogate or
   * beyond Unicode. The JDK's decoder would count such sequences differently.
   */
  private static String decodeUtf8(byte[] utf8) {
    if (isUtf8(utf8)) {
      return new String(utf8, StandardCharsets.UTF_8);
    }
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
