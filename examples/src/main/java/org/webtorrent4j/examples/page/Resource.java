package org.webtorrent4j.examples.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** What is served at one path. Thread-safe if its supplier is. */
public final class Resource {
  private final String type;
  private final Supplier<byte[]> bytes;
  private final Optional<String> tag;

  private Resource(String type, Supplier<byte[]> bytes, Optional<String> tag) {
    this.type = type;
    this.bytes = bytes;
    this.tag = tag;
  }

  /**
   * Bytes that stay the same; a browser that has them is told so.
   *
   * @param type the media type
   */
  public static Resource fixed(String type, byte[] bytes) {
    byte[] kept = bytes.clone();
    return new Resource(type, () -> kept, Optional.of(tagOf(kept)));
  }

  /** JSON that is written anew for each request, on several threads. */
  public static Resource json(Supplier<String> text) {
    return new Resource(
        "application/json", () -> text.get().getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes.get();
  }

  /** What changes with the bytes (RFC 9110, 8.8.3); empty if they may always change. */
  Optional<String> tag() {
    return tag;
  }

  private static String tagOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
