package org.webtorrent4j.tracker.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of a message together. For one thread at a time. */
final class MessageBytes {
  /** How long a message may be, in bytes. */
  static final int MAX = 64 << 10;

  private @Nullable ByteBuffer bytes;

  /** Adds a fragment; false: the message is too long. */
  boolean add(@Nullable ByteBuffer fragment) {
    ByteBuffer old = bytes == null ? ByteBuffer.allocate(0) : bytes;
    int length = fragment == null ? 0 : fragment.remaining();
    if (old.position() + length > MAX) {
      bytes = null;
      return false;
    }
    if (old.remaining() < length) {
      int most = Math.min(MAX, Math.max(2 * old.capacity(), old.position() + length));
      old = ByteBuffer.allocate(most).put(old.flip());
    }
    bytes = fragment == null ? old : old.put(fragment);
    return true;
  }

  /**
   * The whole message; the next fragment begins another.
   *
   * @throws CharacterCodingException if it is not UTF-8
   */
  String take() throws CharacterCodingException {
    ByteBuffer whole = bytes == null ? ByteBuffer.allocate(0) : bytes;
    bytes = null;
    return StandardCharsets.UTF_8.newDecoder().decode(whole.flip()).toString();
  }
}
