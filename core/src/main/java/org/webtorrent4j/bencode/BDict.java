package org.webtorrent4j.bencode;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A bencoded dictionary. Keys are given as text and compared as UTF-8; a value of another type than
 * the one asked for counts as absent; of duplicate keys the first one counts. A look-up walks the
 * entries, so whoever wants all of a large dictionary iterates.
 */
public final class BDict implements BValue, Iterable<BDict.Entry> {
  /** A key and its value. */
  public record Entry(BString key, BValue value) {}

  private final Tokens tokens;
  private final int token;

  BDict(Tokens tokens, int token) {
    this.tokens = tokens;
    this.token = token;
  }

  /** Whether it has no entries. */
  public boolean isEmpty() {
    return tokens.link(token) == token + 1;
  }

  /** How many entries there are, found by counting; duplicates count. */
  public int size() {
    int size = 0;
    for (int i = token + 1; i < tokens.link(token); i = tokens.next(i + 1)) {
      size++;
    }
    return size;
  }

  /** Whether there is a value of any type. */
  public boolean has(String key) {
    return get(key) != null;
  }

  /** The value of a key, whatever its type, or null. */
  public @Nullable BValue get(String key) {
    return get(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a binary key, whatever its type, or null. */
  public @Nullable BValue get(byte[] key) {
    for (int i = token + 1; i < tokens.link(token); i = tokens.next(i + 1)) {
      if (new BString(tokens, i).is(key)) {
        return tokens.view(i + 1);
      }
    }
    return null;
  }

  /** The byte string of a key. */
  public Optional<BString> string(String key) {
    return get(key) instanceof BString string ? Optional.of(string) : Optional.empty();
  }

  /** The byte string of a key as UTF-8, with U+FFFD for what is not. */
  public Optional<String> text(String key) {
    return string(key).map(BString::text);
  }

  /** The integer of a key. */
  public OptionalLong integer(String key) {
    return get(key) instanceof BInteger integer
        ? OptionalLong.of(integer.value())
        : OptionalLong.empty();
  }

  /** The integer of a key, if it lies between two bounds, both included. */
  public OptionalInt integer(String key, int min, int max) {
    return get(key) instanceof BInteger integer && integer.value() >= min && integer.value() <= max
        ? OptionalInt.of((int) integer.value())
        : OptionalInt.empty();
  }

  /** The list of a key. */
  public Optional<BList> list(String key) {
    return get(key) instanceof BList list ? Optional.of(list) : Optional.empty();
  }

  /** The dictionary of a key. */
  public Optional<BDict> dict(String key) {
    return get(key) instanceof BDict dict ? Optional.of(dict) : Optional.empty();
  }

  /** The entries in the order of the source, duplicates included. */
  @Override
  public Iterator<Entry> iterator() {
    return new Iterator<>() {
      private int next = token + 1;

      @Override
      public boolean hasNext() {
        return next < tokens.link(token);
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Entry entry = new Entry(new BString(tokens, next), tokens.view(next + 1));
        next = tokens.next(next + 1);
        return entry;
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
