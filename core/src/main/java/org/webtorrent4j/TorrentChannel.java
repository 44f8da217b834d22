package org.webtorrent4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.swarm.FileReader;
import org.webtorrent4j.swarm.Swarm;

/**
 * Reads one file of a torrent at any position, waiting for pieces that are not there yet. One
 * thread at a time may read; any thread may close. The waiting is done on a lock, so that virtual
 * threads give up their carrier meanwhile.
 */
final class TorrentChannel implements SeekableByteChannel {
  private final EventLoop loop;
  private final Consumer<TorrentChannel> onClose;
  private final FileReader reader;
  private final long length;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long position;
  private FileReader.@Nullable Run run; // what can be read without asking
  private @Nullable IOException ended;
  private boolean isAskedAhead; // for what follows the run
  private boolean isClosed;

  /** Opens a file; {@code swarm} is asked on the event loop. */
  TorrentChannel(
      EventLoop loop,
      Supplier<@Nullable Swarm> swarm,
      FileEntry file,
      Consumer<TorrentChannel> onClose) {
    this.loop = loop;
    this.onClose = onClose;
    this.length = file.length();
    this.reader = new FileReader(file, new Arrivals());
    loop.execute(
        () -> {
          Swarm opened = swarm.get();
          if (opened != null) {
            reader.open(opened);
          }
        });
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    long from = position();
    if (from >= length) {
      return -1;
    }
    if (!destination.hasRemaining()) {
      return 0;
    }
    FileReader.Run readable = awaitRun(from);
    int count = (int) Math.min(destination.remaining(), readable.end() - from);
    int limit = destination.limit();
    destination.limit(destination.position() + count);
    try {
      readable.read(from, destination);
    } catch (IOException e) {
      IOException why = whyEnded();
      throw why != null ? why : e;
    } finally {
      destination.limit(limit);
    }
    position(from + count);
    askAhead(readable, from + count);
    return count;
  }

  /** Has the window moved on before the run is used up, so that the reader need not wait then. */
  private void askAhead(FileReader.Run readable, long from) {
    if (readable.end() == length || from < (readable.begin() + readable.end()) / 2) {
      return;
    }
    lock.lock();
    try {
      if (isAskedAhead || !readable.equals(run) || from >= readable.end()) {
        return;
      }
      isAskedAhead = true;
    } finally {
      lock.unlock();
    }
    loop.execute(() -> reader.moveTo(from));
  }

  /** Bytes that can be read now without waiting, as far as that is known without asking. */
  int available() {
    lock.lock();
    try {
      FileReader.Run known = run;
      if (known == null || position < known.begin() || position >= known.end()) {
        return 0;
      }
      return (int) Math.min(Integer.MAX_VALUE, known.end() - position);
    } finally {
      lock.unlock();
    }
  }

  private FileReader.Run awaitRun(long from) throws IOException {
    lock.lock();
    try {
      FileReader.Run known = run;
      if (known == null || from < known.begin() || from >= known.end()) {
        run = null;
        loop.execute(() -> reader.moveTo(from));
      }
      while (true) {
        if (isClosed) {
          throw new ClosedChannelException();
        }
        FileReader.Run ready = run;
        if (ready != null && from >= ready.begin() && from < ready.end()) {
          return ready;
        }
        if (ended != null) {
          throw new IOException(ended.getMessage(), ended);
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a piece");
    } finally {
      lock.unlock();
    }
  }

  private @Nullable IOException whyEnded() {
    lock.lock();
    try {
      return isClosed ? new ClosedChannelException() : ended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long position() throws IOException {
    lock.lock();
    try {
      if (isClosed) {
        throw new ClosedChannelException();
      }
      return position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    lock.lock();
    try {
      if (isClosed) {
        throw new ClosedChannelException();
      }
      position = newPosition;
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size() throws IOException {
    return length;
  }

  @Override
  public boolean isOpen() {
    lock.lock();
    try {
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
    loop.execute(reader::close);
  }

  /** The client has closed: whoever waits or comes later is told. Any thread. */
  void end(IOException cause) {
    lock.lock();
    try {
      if (ended == null) {
        ended = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  /** What the event loop tells; it holds the lock for a moment only. */
  private final class Arrivals implements FileReader.Listener {
    @Override
    public void onReadable(FileReader.Run readable) {
      lock.lock();
      try {
        run = readable;
        isAskedAhead = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void onEnded(IOException cause) {
      end(cause);
    }
  }
}
