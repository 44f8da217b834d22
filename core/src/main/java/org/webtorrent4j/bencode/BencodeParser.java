package org.webtorrent4j.bencode;

import java.util.Objects;

/** One reading of one source: a loop with its own stack, so that depth costs no Java stack. */
final class BencodeParser {
  private static final int NONE = -1;

  private final BencodeReader limits;
  private final byte[] source;
  private final int to;
  private final Tokens tokens;

  /** The open lists and dictionaries, and the last key of each dictionary. */
  private final int[] open;

  private final int[] lastKey;
  private int depth;
  private int at;

  /** Whether the key of an entry has been read and its value has not. */
  private boolean keyPending;

  BencodeParser(BencodeReader limits, byte[] source, int from, int to) {
    Objects.checkFromToIndex(from, to, source.length);
    this.limits = limits;
    this.source = source;
    this.to = to;
    this.at = from;
    this.tokens = new Tokens(source);
    this.open = new int[limits.maxDepth()];
    this.lastKey = new int[limits.maxDepth()];
  }

  BValue parse() throws BencodeException {
    do {
      step();
    } while (depth > 0);
    if (limits.isStrict() && at < to) {
      throw new BencodeException("bytes after the value", at);
    }
    tokens.trim();
    return tokens.view(0);
  }

  /** Reads a string, an integer, or one end of a list or dictionary. */
  private void step() throws BencodeException {
    byte next = peek();
    boolean inDict = depth > 0 && tokens.isDict(open[depth - 1]);
    if (next == 'e' && depth > 0 && !keyPending) {
      closeContainer();
    } else if (inDict && !keyPending) {
      readKey();
    } else {
      keyPending = false;
      switch (next) {
        case 'd', 'l' -> openContainer();
        case 'i' -> readInteger();
        default -> {
          if (!isDigit(next)) {
            throw new BencodeException("expected a value", at);
          }
          readString();
        }
      }
    }
  }

  private void openContainer() throws BencodeException {
    if (depth == limits.maxDepth()) {
      throw new BencodeException("nested deeper than " + depth, at);
    }
    lastKey[depth] = NONE;
    open[depth++] = newToken();
    at++;
  }

  private void closeContainer() {
    at++;
    tokens.finish(open[--depth], at, tokens.count());
    // A dictionary that this one is a value of now expects a key, which is what false says.
    keyPending = false;
  }

  private void readKey() throws BencodeException {
    if (!isDigit(peek())) {
      throw new BencodeException("expected a digit", at);
    }
    int token = readString();
    if (limits.isStrict()) {
      checkOrder(token);
    }
    keyPending = true;
  }

  private void checkOrder(int token) throws BencodeException {
    int last = lastKey[depth - 1];
    if (last != NONE) {
      int order = new BString(tokens, token).compareTo(new BString(tokens, last));
      if (order <= 0) {
        String fault = order == 0 ? "duplicate dictionary key" : "unsorted dictionary key";
        throw new BencodeException(fault, tokens.start(token));
      }
    }
    lastKey[depth - 1] = token;
  }

  private int readString() throws BencodeException {
    int token = newToken();
    long length = readDigits(false, false);
    if (at == to || source[at] != ':') {
      throw new BencodeException(at == to ? "unexpected end" : "expected a colon", at);
    }
    if (length > to - at - 1) {
      throw new BencodeException("unexpected end: a string of " + length + " bytes", at);
    }
    int content = at + 1;
    at = content + (int) length;
    tokens.finish(token, at, content);
    return token;
  }

  private void readInteger() throws BencodeException {
    int token = newToken();
    at++;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    long value = readDigits(negative, limits.isCapping());
    if (limits.isStrict() && negative && value == 0) {
      throw new BencodeException("negative zero", at - 1);
    }
    if (peek() != 'e') {
      throw new BencodeException("expected a digit", at);
    }
    at++;
    tokens.finish(token, at, token + 1);
  }

  /** Reads digits up to the first byte that is none; counts below zero, where there is one more. */
  private long readDigits(boolean negative, boolean isCapping) throws BencodeException {
    if (!isDigit(peek())) {
      throw new BencodeException("expected a digit", at);
    }
    int begin = at;
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long value = 0;
    for (; at < to && isDigit(source[at]); at++) {
      int digit = source[at] - '0';
      if (value >= limit / 10 && value * 10 >= limit + digit) {
        value = value * 10 - digit;
      } else if (isCapping) {
        value = limit;
      } else {
        throw new BencodeException("number too large", at);
      }
    }
    if (limits.isStrict() && source[begin] == '0' && at - begin > 1) {
      throw new BencodeException("leading zero", begin);
    }
    return negative ? value : -value;
  }

  private int newToken() throws BencodeException {
    if (tokens.count() == limits.maxTokens()) {
      throw new BencodeException("more than " + tokens.count() + " values", at);
    }
    return tokens.add(at);
  }

  private byte peek() throws BencodeException {
    if (at == to) {
      throw new BencodeException("unexpected end", at);
    }
    return source[at];
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
