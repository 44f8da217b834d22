package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.storage.TorrentStorage;

/** Bytes in an array, which a test can look at, spoil or make unwritable. */
final class TestStorage implements Storage, TorrentStorage {
  final byte[] bytes;
  boolean isFull;
  boolean isPresent;
  boolean isOpen;
  boolean isClosed;
  long unreadableFrom; // a range that cannot be read
  long unreadableTo;
  int readsThatFail; // so many, then all is well again

  TestStorage(byte[] bytes, boolean isPresent) {
    this.bytes = bytes;
    this.isPresent = isPresent;
  }

  @Override
  public TorrentStorage open(Info info) {
    isOpen = true;
    return this;
  }

  @Override
  public void read(long offset, ByteBuffer destination) throws IOException {
    boolean isInRange = offset < unreadableTo && offset + destination.remaining() > unreadableFrom;
    if (isInRange || readsThatFail-- > 0) {
      throw new IOException("Input/output error");
    }
    destination.put(bytes, (int) offset, destination.remaining());
  }

  @Override
  public void write(long offset, ByteBuffer source) throws IOException {
    if (isFull) {
      throw new IOException("No space left on device");
    }
    source.get(bytes, (int) offset, source.remaining());
    isPresent = true;
  }

  @Override
  public void createEmptyFiles() {}

  @Override
  public long presentBytes(long offset, long length) {
    return isPresent ? length : 0;
  }

  @Override
  public void delete() {
    isClosed = true;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
