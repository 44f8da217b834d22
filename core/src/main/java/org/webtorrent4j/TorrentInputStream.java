package org.webtorrent4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A torrent channel as a stream. The JDK's adapter would hold a monitor while it waits, which pins
 * virtual threads.
 */
final class TorrentInputStream extends InputStream {
  private static final int TRANSFER_BYTES = 256 * 1024;

  private final TorrentChannel channel;

  TorrentInputStream(TorrentChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[TRANSFER_BYTES];
    long total = 0;
    for (int count = read(buffer); count >= 0; count = read(buffer)) {
      out.write(buffer, 0, count);
      total += count;
    }
    return total;
  }

  @Override
  public long skip(long count) throws IOException {
    long from = channel.position();
    long skipped = Math.max(0, Math.min(count, channel.size() - from));
    channel.position(from + skipped);
    return skipped;
  }

  @Override
  public int available() {
    return channel.available();
  }

  @Override
  public void close() {
    channel.close();
  }
}
