package org.webtorrent4j.bencode;

import java.util.Arrays;

/**
 * The values of one source in the order of their first bytes, three numbers each: hostile input
 * with millions of tiny values costs an int table and no objects.
 *
 * <pre>
 * start | end | link      link of a string: offset of its content
 *                         link of a list or dictionary: the token after all of its items
 * </pre>
 */
final class Tokens {
  private static final int WIDTH = 3;

  final byte[] source;
  private int[] table = new int[16 * WIDTH];
  private int count;

  Tokens(byte[] source) {
    this.source = source;
  }

  int count() {
    return count;
  }

  /** Adds a value whose end is not known yet. */
  int add(int start) {
    int token = count++;
    if (count * WIDTH > table.length) {
      table = Arrays.copyOf(table, table.length * 2);
    }
    table[token * WIDTH] = start;
    return token;
  }

  void finish(int token, int end, int link) {
    table[token * WIDTH + 1] = end;
    table[token * WIDTH + 2] = link;
  }

  int start(int token) {
    return table[token * WIDTH];
  }

  int end(int token) {
    return table[token * WIDTH + 1];
  }

  int link(int token) {
    return table[token * WIDTH + 2];
  }

  /** The token after a value and whatever is inside it. */
  int next(int token) {
    return isContainer(token) ? link(token) : token + 1;
  }

  boolean isDict(int token) {
    return source[start(token)] == 'd';
  }

  boolean isContainer(int token) {
    byte first = source[start(token)];
    return first == 'd' || first == 'l';
  }

  BValue view(int token) {
    return switch (source[start(token)]) {
      case 'i' -> new BInteger(this, token);
      case 'l' -> new BList(this, token);
      case 'd' -> new BDict(this, token);
      default -> new BString(this, token);
    };
  }

  byte[] raw(int token) {
    return Arrays.copyOfRange(source, start(token), end(token));
  }

  /** Gives back the room that was reserved for more values. */
  void trim() {
    table = Arrays.copyOf(table, count * WIDTH);
  }
}
