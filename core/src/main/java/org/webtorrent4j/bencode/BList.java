package org.webtorrent4j.bencode;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A bencoded list. Iterating is cheap; nothing is looked up by index. */
public final class BList implements BValue, Iterable<BValue> {
  private final Tokens tokens;
  private final int token;

  BList(Tokens tokens, int token) {
    this.tokens = tokens;
    this.token = token;
  }

  /** Whether it has no items. */
  public boolean isEmpty() {
    return tokens.link(token) == token + 1;
  }

  /** How many items there are, found by counting. */
  public int size() {
    int size = 0;
    for (int i = token + 1; i < tokens.link(token); i = tokens.next(i)) {
      size++;
    }
    return size;
  }

  @Override
  public Iterator<BValue> iterator() {
    return new Iterator<>() {
      private int next = token + 1;

      @Override
      public boolean hasNext() {
        return next < tokens.link(token);
      }

      @Override
      public BValue next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        BValue item = tokens.view(next);
        next = tokens.next(next);
        return item;
      }
    };
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
}
