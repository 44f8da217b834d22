package org.webtorrent4j.bencode;

/** A bencoded integer of 64 bits. */
public final class BInteger implements BValue {
  private final Tokens tokens;
  private final int token;

  BInteger(Tokens tokens, int token) {
    this.tokens = tokens;
    this.token = token;
  }

  /** The number; the nearest one of 64 bits if it has more. */
  public long value() {
    boolean negative = tokens.source[start() + 1] == '-';
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long value = 0; // counts below zero, where there is one more
    for (int i = start() + (negative ? 2 : 1); i < end() - 1; i++) {
      int digit = tokens.source[i] - '0';
      boolean fits = value >= limit / 10 && value * 10 >= limit + digit;
      value = fits ? value * 10 - digit : limit;
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
