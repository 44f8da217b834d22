package org.webtorrent4j.file;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The names of files as the bytes that torrents have for them. On Unix a name is bytes, and a
 * {@link Path} keeps them, but as text it only tells those that the JVM's locale has: all others,
 * and in the POSIX locale all that is not ASCII, go through URIs, which hide no byte.
 */
public final class FileNames {
  private static final boolean IS_UNIX = File.separatorChar == '/';
  private static final boolean IS_UTF8 =
      System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT).equals("UTF-8");
  private static final char REPLACEMENT = '\ufffd';

  private FileNames() {}

  /**
   * The bytes of the last element of a path: on Unix as they are on disk, else its text as UTF-8.
   *
   * @throws IOException if it has none, or cannot be written as UTF-8
   */
  public static byte[] bytes(Path path) throws IOException {
    Path name = path.getFileName();
    if (name == null) {
      throw new IOException(path + " has no name");
    }
    String text = name.toString();
    if (isOfThisUnix(name) && !isKept(text)) {
      return unescape(Path.of("/").resolve(name).toUri().getRawPath().substring(1));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!text.equals(new String(bytes, StandardCharsets.UTF_8))) { // half a character, on Windows
      throw new IOException("the name of " + path + " cannot be written as UTF-8");
    }
    return bytes;
  }

  /** A path by a safe name; see {@link #child(Path, byte[])}. */
  public static Path child(Path folder, String name) throws IOException {
    return child(folder, name.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The path of a file in a folder; nothing on disk is looked at.
   *
   * @param name UTF-8, on Unix any bytes that a name may have
   * @throws IOException if that is not the name of one file right in the folder, or cannot be one
   *     there
   */
  public static Path child(Path folder, byte[] name) throws IOException {
    String text = decode(name);
    Path child;
    try {
      child =
          isOfThisUnix(folder) && !isKept(text)
              ? folder.resolve(ofBytes(name))
              : folder.resolve(text).normalize();
    } catch (IllegalArgumentException e) { // InvalidPathException is one
      throw new IOException("not a file name here: '" + text + "'", e);
    }
    if (!folder.equals(child.getParent())) { // "", "..", "a/b", "/a"
      throw new IOException("not a file name: '" + text + "'");
    }
    return child;
  }

  private static boolean isOfThisUnix(Path path) {
    return IS_UNIX && path.getFileSystem().equals(FileSystems.getDefault());
  }

  /** Whether text and bytes of a name are the same thing in this locale. */
  private static boolean isKept(String text) {
    return IS_UTF8
        ? text.indexOf(REPLACEMENT) < 0
        : text.chars().allMatch(character -> character < 0x80);
  }

  private static String decode(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return new String(name, StandardCharsets.UTF_8); // with a replacement
    }
  }

  private static Path ofBytes(byte[] name) {
    StringBuilder uri = new StringBuilder("file:///");
    for (byte one : name) {
      if (one == '/') {
        throw new IllegalArgumentException("a separator in a name");
      }
      uri.append(String.format("%%%02X", one));
    }
    Path named = Path.of(URI.create(uri.toString())).getFileName();
    if (named == null) {
      throw new IllegalArgumentException("no name");
    }
    return named;
  }

  private static byte[] unescape(String escaped) {
    String text = escaped.endsWith("/") ? escaped.substring(0, escaped.length() - 1) : escaped;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
