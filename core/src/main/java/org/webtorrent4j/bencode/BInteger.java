package org.webtorrent4j.bencode;

/** A bencoded integer of 64 bits. */
public final class BInteger implements BValue {
  private final Tokens tokens;
  private final int token;

  BInteger(Tokens tokens, int token) {
    this.tokens = tokens;
    this.token = token;
  }

  /** The number. */
  public long value() {
    long value = 0;
    boolean negative = tokens.source[start() + 1] == '-';
    for (int i = start() + (negative ? 2 : 1); i < end() - 1; i++) {
      value = value * 10 - (tokens.source[i] - '0');
    }
    return negative ? value : -value;
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

  /** The number in decimal digits. */
  @Override
  public String toString() {
    return Long.toString(value());
  }
}
