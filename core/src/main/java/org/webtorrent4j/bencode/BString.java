package org.webtorrent4j.bencode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A bencoded byte string. Two of them are equal if their content is. */
public final class BString implements BValue, Comparable<BString> {
  private final Tokens tokens;
  private final int token;

  BString(Tokens tokens, int token) {
    this.tokens = tokens;
    this.token = token;
  }

  /** Length of the content in bytes. */
  public int length() {
    return end() - content();
  }

  /** A copy of the content. */
  public byte[] bytes() {
    return Arrays.copyOfRange(tokens.source, content(), end());
  }

  /** A read-only view of the content. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(tokens.source, content(), length()).slice().asReadOnlyBuffer();
  }

  /** The content as UTF-8, with U+FFFD for what is not. */
  public String text() {
    return new String(tokens.source, content(), length(), StandardCharsets.UTF_8);
  }

  /** Whether the content is this text in UTF-8. */
  public boolean is(String text) {
    return is(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the content is these bytes. */
  public boolean is(byte[] bytes) {
    return Arrays.equals(tokens.source, content(), end(), bytes, 0, bytes.length);
  }

  @Override
  public int start() {
    return tokens.start(token);
  }

  @Override
  public int end() {
    return tokens.end(token);
  }

  @Override
  public byte[] raw() {
    return tokens.raw(token);
  }

  /** Compares as unsigned bytes, a shorter prefix first: the order of keys in a dictionary. */
  @Override
  public int compareTo(BString other) {
    return Arrays.compareUnsigned(
        tokens.source, content(), end(), other.tokens.source, other.content(), other.end());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BString that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return buffer().hashCode();
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }

  private int content() {
    return tokens.link(token);
  }
}
