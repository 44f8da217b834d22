package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.Info;

/**
 * Keeps torrents in the heap: for tests, for streams that leave no trace, for small things. Memory
 * is taken in chunks of 1 MiB when they are first written to; closing a torrent forgets its bytes.
 * Thread-safe.
 */
public final class MemoryStorage implements Storage {
  private static final int CHUNK_LENGTH = 1 << 20;

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  private MemoryStorage(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " bytes");
    }
    this.limit = limit;
  }

  /**
   * Keeps torrents in memory.
   *
   * @param limit how many bytes all torrents together may take
   */
  public static MemoryStorage ofLimit(long limit) {
    return new MemoryStorage(limit);
  }

  @Override
  public TorrentStorage open(Info info) {
    return new MemoryTorrent(new FileRanges(info));
  }

  /** How many bytes are taken. */
  public long used() {
    return used.get();
  }

  @Override
  public String toString() {
    return "memory, at most " + limit + " bytes";
  }

  private void take(int length) throws IOException {
    if (used.addAndGet(length) > limit) {
      used.addAndGet(-length);
      throw new IOException("the memory storage is full: its limit is " + limit + " bytes");
    }
  }

  private final class MemoryTorrent implements TorrentStorage {
    private final FileRanges ranges;
    private final ConcurrentMap<Long, byte[]> chunks = new ConcurrentHashMap<>();
    private volatile boolean closed;

    MemoryTorrent(FileRanges ranges) {
      this.ranges = ranges;
    }

    @Override
    public void read(long offset, ByteBuffer destination) throws IOException {
      ranges.read(
          offset, destination, (file, position, part) -> get(offsetOf(file, position), part));
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
      ranges.write(offset, source, (file, position, part) -> put(offsetOf(file, position), part));
    }

    @Override
    public void createEmptyFiles() {
      // There is nothing to see of them.
    }

    @Override
    public long presentBytes(long offset, long length) throws IOException {
      checkOpen();
      long end = Math.min(Math.addExact(offset, length), ranges.totalLength());
      long at = offset;
      while (at < end) {
        if (chunks.containsKey(at / CHUNK_LENGTH)) {
          at = (at / CHUNK_LENGTH + 1) * CHUNK_LENGTH;
        } else {
          int file = ranges.fileAt(at);
          if (!ranges.isPadding(file)) {
            break;
          }
          at = ranges.entry(file).offset() + ranges.entry(file).length();
        }
      }
      return Math.min(at, end) - offset;
    }

    @Override
    public void delete() {
      close();
    }

    @Override
    public void close() {
      closed = true;
      for (Long number : chunks.keySet()) {
        byte[] chunk = chunks.remove(number);
        if (chunk != null) {
          used.addAndGet(-chunk.length);
        }
      }
    }

    private void checkOpen() throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }

    private long offsetOf(int file, long position) {
      return ranges.entry(file).offset() + position;
    }

    private void get(long offset, ByteBuffer part) throws IOException {
      checkOpen();
      long at = offset;
      while (part.hasRemaining()) {
        byte[] chunk = chunks.get(at / CHUNK_LENGTH);
        if (chunk == null) {
          throw new EOFException("nothing at " + at + " of the torrent");
        }
        int begin = (int) (at % CHUNK_LENGTH);
        int count = Math.min(part.remaining(), chunk.length - begin);
        part.put(chunk, begin, count);
        at += count;
      }
    }

    private void put(long offset, ByteBuffer part) throws IOException {
      long at = offset;
      while (part.hasRemaining()) {
        byte[] chunk = chunk(at / CHUNK_LENGTH);
        int begin = (int) (at % CHUNK_LENGTH);
        int count = Math.min(part.remaining(), chunk.length - begin);
        part.get(chunk, begin, count);
        at += count;
      }
    }

    private byte[] chunk(long number) throws IOException {
      checkOpen();
      byte[] chunk = chunks.get(number);
      if (chunk != null) {
        return chunk;
      }
      int length = (int) Math.min(CHUNK_LENGTH, ranges.totalLength() - number * CHUNK_LENGTH);
      take(length);
      byte[] fresh = new byte[length];
      byte @Nullable [] other = chunks.putIfAbsent(number, fresh);
      if (other != null) { // another thread was first
        used.addAndGet(-length);
        return other;
      }
      return fresh;
    }
  }
}
