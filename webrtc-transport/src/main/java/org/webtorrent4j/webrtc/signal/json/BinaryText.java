package org.webtorrent4j.webrtc.signal.json;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/**
 * The 20 bytes of a hash or an id as WebTorrent writes them into JSON: one character from U+0000 to
 * U+00FF for each byte.
 */
public final class BinaryText {
  static final int LENGTH = 20;

  private BinaryText() {}

  /** The first 20 bytes of a hash. */
  public static String of(InfoHash infoHash) {
    return of(infoHash.truncated().bytes());
  }

  /** An id. */
  public static String of(PeerId peerId) {
    return of(peerId.bytes());
  }

  /** A new id. */
  public static String random(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return of(bytes);
  }

  static boolean isValid(@Nullable String text) {
    return text != null && text.length() == LENGTH && text.chars().allMatch(c -> c <= 0xff);
  }

  static @Nullable InfoHash infoHash(@Nullable String text) {
    return text != null && isValid(text) ? InfoHash.of(bytes(text)) : null;
  }

  static @Nullable PeerId peerId(@Nullable String text) {
    return text != null && isValid(text) ? PeerId.of(bytes(text)) : null;
  }

  private static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
