package org.webtorrent4j.bencode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes canonical bencoding. Entries of a dictionary may come in any order: they are sorted by
 * their keys as unsigned bytes when it ends. Misuse, such as a key twice, a value without a key or
 * an end too many, is an {@link IllegalStateException}. For one thread.
 *
 * <pre>{@code
 * new BencodeWriter().beginDict().put("piece", 3).put("msg_type", 0).end().toByteArray();
 * }</pre>
 */
public final class BencodeWriter {
  /** An open list (no entries) or dictionary. */
  private record Frame(List<Entry> entries, boolean isDict) {}

  /** Where an entry and the content of its key lie in the output. */
  private record Entry(int start, int key, int keyEnd) {}

  private final Deque<Frame> open = new ArrayDeque<>();
  private byte[] bytes = new byte[64];
  private int size;
  private boolean keyPending;

  /** Opens a dictionary. */
  public BencodeWriter beginDict() {
    return begin('d');
  }

  /** Opens a list. */
  public BencodeWriter beginList() {
    return begin('l');
  }

  /** Closes the list or dictionary that was opened last. */
  public BencodeWriter end() {
    if (open.isEmpty() || keyPending) {
      throw new IllegalStateException(keyPending ? "a key without a value" : "nothing to end");
    }
    Frame frame = open.pop();
    if (frame.isDict()) {
      sort(frame.entries());
    }
    append((byte) 'e');
    return this;
  }

  /** The key of the next value, in UTF-8. */
  public BencodeWriter key(String key) {
    return key(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The key of the next value. */
  public BencodeWriter key(byte[] key) {
    Frame frame = open.peek();
    if (frame == null || !frame.isDict() || keyPending) {
      throw new IllegalStateException("a key out of place");
    }
    int start = size;
    writeString(key);
    frame.entries().add(new Entry(start, size - key.length, size));
    keyPending = true;
    return this;
  }

  /** An integer. */
  public BencodeWriter integer(long value) {
    beforeValue();
    append(("i" + value + "e").getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** A byte string holding text in UTF-8. */
  public BencodeWriter string(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A byte string. */
  public BencodeWriter string(byte[] content) {
    beforeValue();
    writeString(content);
    return this;
  }

  /**
   * Bytes as they are: a value that is bencoded already or, behind the outermost value, a payload.
   */
  public BencodeWriter raw(byte[] bencoded) {
    beforeValue();
    append(bencoded);
    return this;
  }

  /** A key and an integer. */
  public BencodeWriter put(String key, long value) {
    return key(key).integer(value);
  }

  /** A key and a byte string holding text in UTF-8. */
  public BencodeWriter put(String key, String text) {
    return key(key).string(text);
  }

  /** A key and a byte string. */
  public BencodeWriter put(String key, byte[] content) {
    return key(key).string(content);
  }

  /** A copy of what was written; nothing may be open. */
  public byte[] toByteArray() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not ended");
    }
    return Arrays.copyOf(bytes, size);
  }

  private BencodeWriter begin(char type) {
    beforeValue();
    append((byte) type);
    open.push(new Frame(new ArrayList<>(), type == 'd'));
    return this;
  }

  private void beforeValue() {
    Frame frame = open.peek();
    if (frame != null && frame.isDict() && !keyPending) {
      throw new IllegalStateException("a value without a key");
    }
    keyPending = false;
  }

  /** Brings the entries, which reach to the end of the output, into the order of their keys. */
  private void sort(List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(this::compareKeys);
    for (int i = 1; i < sorted.size(); i++) {
      if (compareKeys(sorted.get(i - 1), sorted.get(i)) == 0) {
        throw new IllegalStateException("the key " + text(sorted.get(i)) + " twice");
      }
    }
    if (!sorted.equals(entries)) {
      rearrange(entries, sorted);
    }
  }

  private void rearrange(List<Entry> entries, List<Entry> sorted) {
    Map<Entry, Integer> ends = new HashMap<>();
    int end = size;
    for (int i = entries.size() - 1; i >= 0; i--) {
      ends.put(entries.get(i), end);
      end = entries.get(i).start();
    }
    byte[] unsorted = Arrays.copyOf(bytes, size);
    size = end;
    for (Entry entry : sorted) {
      int length = Objects.requireNonNull(ends.get(entry)) - entry.start();
      System.arraycopy(unsorted, entry.start(), bytes, size, length);
      size += length;
    }
  }

  private int compareKeys(Entry a, Entry b) {
    return Arrays.compareUnsigned(bytes, a.key(), a.keyEnd(), bytes, b.key(), b.keyEnd());
  }

  private String text(Entry entry) {
    return new String(
        bytes, entry.key(), entry.keyEnd() - entry.key(), StandardCharsets.ISO_8859_1);
  }

  private void writeString(byte[] content) {
    append((content.length + ":").getBytes(StandardCharsets.ISO_8859_1));
    append(content);
  }

  private void append(byte... more) {
    if (more.length > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more.length), bytes.length * 2));
    }
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }
}
