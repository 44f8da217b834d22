package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/**
 * Which files a range of a torrent lies in. Files without bytes are left out: no range touches
 * them. Immutable.
 */
final class FileRanges {
  private final FileEntry[] entries;
  private final long[] offsets;
  private final long totalLength;

  FileRanges(Info info) {
    List<FileEntry> files = info.files();
    entries = files.stream().filter(file -> file.length() > 0).toArray(FileEntry[]::new);
    offsets = Arrays.stream(entries).mapToLong(FileEntry::offset).toArray();
    totalLength = info.totalLength();
  }

  /** What is done with the part of a buffer that lies in one file. */
  interface Part {
    /**
     * Handles one part.
     *
     * @param file number of the file among those with bytes
     * @param position of the part's first byte in the file
     * @param buffer to be used up, from its position to its limit
     */
    void apply(int file, long position, ByteBuffer buffer) throws IOException;
  }

  /** Number of files that have bytes. */
  int count() {
    return entries.length;
  }

  /** One of the files that have bytes. */
  FileEntry entry(int file) {
    return entries[file];
  }

  long totalLength() {
    return totalLength;
  }

  /** Whether nothing is stored for a file: its bytes are zeros. */
  boolean isPadding(int file) {
    return entries[file].isPadding() || entries[file].symlinkTarget().isPresent();
  }

  /** The file, among those with bytes, that holds the byte at an offset. */
  int fileAt(long offset) {
    int found = Arrays.binarySearch(offsets, offset);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * Reads into the remaining bytes of a buffer: zeros where there is padding, else what {@code
   * part} reads.
   */
  void read(long offset, ByteBuffer destination, Part part) throws IOException {
    each(
        offset,
        destination,
        (file, position, buffer) -> {
          if (isPadding(file)) {
            putZeros(buffer);
          } else {
            part.apply(file, position, buffer);
          }
        });
  }

  /** Writes the remaining bytes of a buffer: {@code part} gets what does not fall on padding. */
  void write(long offset, ByteBuffer source, Part part) throws IOException {
    each(
        offset,
        source,
        (file, position, buffer) -> {
          if (isPadding(file)) {
            buffer.position(buffer.limit());
          } else {
            part.apply(file, position, buffer);
          }
        });
  }

  private void each(long offset, ByteBuffer buffer, Part part) throws IOException {
    Objects.checkFromIndexSize(offset, buffer.remaining(), totalLength);
    int limit = buffer.limit();
    try {
      long at = offset;
      for (int file = fileAt(offset); buffer.position() < limit; file++) {
        long position = at - offsets[file];
        int count = (int) Math.min(limit - buffer.position(), entries[file].length() - position);
        buffer.limit(buffer.position() + count);
        part.apply(file, position, buffer);
        buffer.limit(limit);
        at += count;
      }
    } finally {
      buffer.limit(limit);
    }
  }

  private static void putZeros(ByteBuffer buffer) {
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(0);
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
  }
}
