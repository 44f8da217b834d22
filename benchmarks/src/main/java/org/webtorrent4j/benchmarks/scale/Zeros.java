package org.webtorrent4j.benchmarks.scale;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * A torrent of pieces of 16 KiB, all of them zeros: of any size without any file.
 *
 * @param name makes it another torrent than others
 */
record Zeros(String name, int pieces) {
  static final int PIECE_LENGTH = 16 * 1024;

  Metainfo metainfo() {
    byte[] hash = hash();
    ByteArrayOutputStream out = new ByteArrayOutputStream(20 * pieces + 200);
    write(out, "d4:infod6:lengthi" + (long) pieces * PIECE_LENGTH + "e");
    write(out, "4:name" + name.length() + ":" + name);
    write(out, "12:piece lengthi" + PIECE_LENGTH + "e6:pieces" + 20L * pieces + ":");
    for (int i = 0; i < pieces; i++) {
      out.writeBytes(hash);
    }
    write(out, "ee");
    try {
      return Metainfo.parse(out.toByteArray());
    } catch (MetainfoException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-1").digest(new byte[PIECE_LENGTH]);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where nothing is kept, and either everything is there from the beginning or nothing. */
  static Storage storage(boolean isThere) {
    return info -> new Nowhere(isThere);
  }

  private record Nowhere(boolean isThere) implements TorrentStorage {
    @Override
    public void read(long offset, ByteBuffer destination) {
      while (destination.remaining() >= Long.BYTES) {
        destination.putLong(0);
      }
      while (destination.hasRemaining()) {
        destination.put((byte) 0);
      }
    }

    @Override
    public void write(long offset, ByteBuffer source) {
      source.position(source.limit());
    }

    @Override
    public void createEmptyFiles() {}

    @Override
    public long presentBytes(long offset, long length) {
      return isThere ? length : 0;
    }

    @Override
    public void delete() {}

    @Override
    public void close() {}
  }
}
