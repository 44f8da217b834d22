package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileFaults;

/**
 * Hashes the pieces of new torrents: threads take pieces in turns, each with one buffer and one
 * open file of its own, so memory does not grow with the content.
 */
final class PieceHasher {
  private static final int HASH_LENGTH = 20;
  private static final int BUFFER_LENGTH = 1 << 18; // with its copy, within a core's own cache

  private final SourceFiles files;
  private final int pieceLength;
  private final int pieceCount;
  private final MetainfoBuilder.ProgressListener listener;
  private final byte[] hashes;
  private final AtomicInteger nextPiece = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private long hashedBytes; // guarded by lock
  private @Nullable IOException failure; // guarded by lock
  private volatile boolean isStopped;

  PieceHasher(SourceFiles files, int pieceLength, MetainfoBuilder.ProgressListener listener) {
    this.files = files;
    this.pieceLength = pieceLength;
    this.pieceCount = (int) ((files.totalLength() - 1) / pieceLength) + 1;
    this.listener = listener;
    this.hashes = new byte[pieceCount * HASH_LENGTH];
  }

  /** The hashes of all pieces; waits for the threads. */
  byte[] hash(int threads) throws IOException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 1; i <= Math.min(threads, pieceCount); i++) {
      Thread worker = new Thread(this::work, "wt-create-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
    InterruptedException interrupt = join(workers);
    if (interrupt != null) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while hashing", interrupt);
    }
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
    files.checkUnchanged();
    return hashes;
  }

  /** Waits for all workers, which an interrupt stops within a read; tells the interrupt, if any. */
  private @Nullable InterruptedException join(List<Thread> workers) {
    InterruptedException interrupt = null;
    for (int i = 0; i < workers.size(); ) {
      try {
        workers.get(i).join();
        i++;
      } catch (InterruptedException e) {
        isStopped = true;
        interrupt = e;
      }
    }
    return interrupt;
  }

  private void work() {
    try (Cursor cursor = new Cursor()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      ByteBuffer buffer = ByteBuffer.allocateDirect(Math.min(BUFFER_LENGTH, pieceLength));
      byte[] bytes = new byte[buffer.capacity()];
      for (int piece = nextPiece.getAndIncrement();
          piece < pieceCount && !isStopped;
          piece = nextPiece.getAndIncrement()) {
        int length = hashPiece(piece, cursor, digest, buffer, bytes);
        System.arraycopy(digest.digest(), 0, hashes, piece * HASH_LENGTH, HASH_LENGTH);
        if (!isStopped) {
          onHashed(length);
        }
      }
    } catch (FileSystemException e) { // its message is the file alone
      fail(new IOException(e.getFile() + ": " + FileFaults.reason(e), e));
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) { // the user's listener, or a file system of the user's
      fail(new IOException(e.toString(), e));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private int hashPiece(
      int piece, Cursor cursor, MessageDigest digest, ByteBuffer buffer, byte[] bytes)
      throws IOException {
    long begin = (long) piece * pieceLength;
    int length = (int) Math.min(pieceLength, files.totalLength() - begin);
    for (int done = 0; done < length && !isStopped; done += buffer.capacity()) {
      buffer.clear().limit(Math.min(buffer.capacity(), length - done));
      cursor.read(begin + done, buffer);
      int count = buffer.flip().remaining();
      buffer.get(bytes, 0, count);
      digest.update(bytes, 0, count);
    }
    return length;
  }

  private void onHashed(int length) {
    lock.lock();
    try {
      hashedBytes += length;
      listener.onProgress(hashedBytes, files.totalLength());
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException cause) {
    isStopped = true;
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
    } finally {
      lock.unlock();
    }
  }

  /** One thread's way through the files; the file it was in last stays open. */
  private final class Cursor implements AutoCloseable {
    private int index;
    private int openIndex = -1;
    private @Nullable SeekableByteChannel channel;

    void read(long offset, ByteBuffer buffer) throws IOException {
      long at = offset;
      while (buffer.hasRemaining()) {
        SourceFiles.Entry entry = seek(at);
        SeekableByteChannel open = open();
        long position = at - entry.offset();
        if (open.position() != position) {
          open.position(position);
        }
        int limit = buffer.limit();
        int count = (int) Math.min(buffer.remaining(), entry.file().length() - position);
        buffer.limit(buffer.position() + count);
        while (buffer.hasRemaining()) {
          if (open.read(buffer) < 0) {
            throw new IOException(entry.file().path() + " has become shorter while it was hashed");
          }
        }
        buffer.limit(limit);
        at += count;
      }
    }

    /** The file that holds a byte; empty ones hold none. */
    private SourceFiles.Entry seek(long at) {
      List<SourceFiles.Entry> entries = files.entries();
      while (at >= entries.get(index).offset() + entries.get(index).file().length()) {
        index++; // pieces are taken in ascending order
      }
      return entries.get(index);
    }

    private SeekableByteChannel open() throws IOException {
      SeekableByteChannel open = channel;
      if (open == null || openIndex != index) {
        close();
        SourceFiles.Entry entry = files.entries().get(index);
        open = Files.newByteChannel(entry.file().path());
        if (open.size() != entry.file().length()) {
          open.close();
          throw new IOException(entry.file().path() + " has changed while it was hashed");
        }
        channel = open;
        openIndex = index;
      }
      return open;
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    }
  }
}
