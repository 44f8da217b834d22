package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.Info;

/** Bytes in an array, of which some may be missing or unreadable, and a record of the calls. */
final class ScriptedStorage implements Storage, TorrentStorage {
  final byte[] bytes;
  final List<String> calls = new ArrayList<>();
  @Nullable IOException failure;
  @Nullable RuntimeException bug;

  /** How far there is something according to {@link #presentBytes}. */
  long presentEnd;

  /** How far something can be read. */
  long readableEnd;

  ScriptedStorage(byte[] bytes) {
    this.bytes = bytes;
    presentEnd = bytes.length;
    readableEnd = bytes.length;
  }

  @Override
  public TorrentStorage open(Info info) throws IOException {
    call("open");
    return this;
  }

  @Override
  public synchronized void read(long offset, ByteBuffer destination) throws IOException {
    call("read");
    if (offset + destination.remaining() > readableEnd) {
      throw new EOFException("nothing at " + readableEnd);
    }
    destination.put(bytes, (int) offset, destination.remaining());
  }

  @Override
  public synchronized void write(long offset, ByteBuffer source) throws IOException {
    call("write");
    source.get(bytes, (int) offset, source.remaining());
  }

  @Override
  public void createEmptyFiles() throws IOException {
    call("createEmptyFiles");
  }

  @Override
  public long presentBytes(long offset, long length) {
    return Math.max(0, Math.min(length, presentEnd - offset));
  }

  @Override
  public void delete() throws IOException {
    call("delete");
  }

  @Override
  public void close() throws IOException {
    call("close");
  }

  private synchronized void call(String name) throws IOException {
    calls.add(name);
    if (failure != null) {
      throw failure;
    }
    if (bug != null) {
      throw bug;
    }
  }
}
