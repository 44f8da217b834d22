package org.webtorrent4j.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one torrent, addressed by their offset in the concatenation of its files (padding
 * files included: they read as zeros and swallow what is written). Thread-safe for calls that touch
 * different ranges; the engine never overlaps a write with another call on the same range.
 */
public interface TorrentStorage extends Closeable {
  /**
   * Fills {@code destination} from {@code offset} on. A byte that was never written may read as
   * zero if others beyond it were written: only those bytes are asked for that were verified once,
   * or are to be verified.
   *
   * @throws java.io.EOFException if some of it is surely not there
   * @throws IndexOutOfBoundsException if some of it is outside of the torrent
   * @throws IOException if it cannot be read
   */
  void read(long offset, ByteBuffer destination) throws IOException;

  /**
   * Writes all of {@code source} at {@code offset}, creating what is needed. Only verified bytes
   * are ever given to this method.
   *
   * @throws IOException if it cannot be written; what was there before may be lost, but the storage
   *     goes on working
   * @throws IndexOutOfBoundsException if some of it is outside of the torrent
   */
  void write(long offset, ByteBuffer source) throws IOException;

  /**
   * Creates what no write ever will: empty files and symbolic links. Called when it was found out
   * what is there, and when all that is wanted is there; what exists stays.
   *
   * @throws IOException if something cannot be created
   */
  void createEmptyFiles() throws IOException;

  /**
   * How many bytes from {@code offset} on may hold data, at most {@code length}; 0 means that the
   * byte at {@code offset} was surely never written. Lets a check skip what is not there.
   *
   * @throws IOException if it cannot be found out
   */
  long presentBytes(long offset, long length) throws IOException;

  /**
   * Closes and deletes the torrent's files and the folders that this leaves empty; other files in
   * those folders stay.
   *
   * @throws IOException if something could not be deleted
   */
  void delete() throws IOException;

  /**
   * Closes every handle; idempotent. What is called later fails with a {@link
   * java.nio.channels.ClosedChannelException}.
   */
  @Override
  void close() throws IOException;
}
