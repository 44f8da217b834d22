package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open files of a client: the least recently used ones are closed when there are too many, but
 * none while it is in use, so at most the limit and those in use are open. Thread-safe; files are
 * opened and closed outside of the lock.
 */
final class FileHandles {
  private static final int MAX_TRIES = 100;

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock(); // pins no virtual thread
  private final LinkedHashMap<Key, Handle> open = new LinkedHashMap<>(16, 0.75f, true);

  FileHandles(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit + " open files");
    }
    this.limit = limit;
  }

  /** A file that can be opened; compared by identity. */
  interface Key {
    /** Opens it. */
    FileChannel open(boolean writable) throws IOException;

    /** The torrent it belongs to. */
    Object owner();
  }

  /** What is done with an open file; may be called again when the file was closed under it. */
  interface Use {
    /** Does it, or what is left of it. */
    void apply(FileChannel channel) throws IOException;
  }

  /** An open file. Guarded by the lock of the handles, but for the channel. */
  static final class Handle {
    final FileChannel channel;
    private final boolean writable;
    private int users = 1;
    private boolean dropped;

    private Handle(FileChannel channel, boolean writable) {
      this.channel = channel;
      this.writable = writable;
    }
  }

  /**
   * Uses a file. An interrupt of any thread closes the channel under all of its users: those who
   * were not interrupted open it anew and go on.
   *
   * @param writable whether it will be written to
   * @throws ClosedByInterruptException if the caller is interrupted
   * @throws IOException if the file cannot be opened or used
   */
  void use(Key key, boolean writable, Use use) throws IOException {
    for (int tries = 1; ; tries++) {
      if (Thread.currentThread().isInterrupted()) { // spare the others the closed channel
        throw new ClosedByInterruptException();
      }
      Handle handle = acquire(key, writable);
      try {
        use.apply(handle.channel);
        return;
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        if (tries == MAX_TRIES) {
          throw e;
        }
      } finally {
        release(key, handle);
      }
    }
  }

  /**
   * An open handle of a file, which stays open until it is released.
   *
   * @param writable whether it will be written to; a handle for reading only is replaced
   * @throws IOException if the file cannot be opened
   */
  Handle acquire(Key key, boolean writable) throws IOException {
    Handle found = reuse(key, writable);
    if (found != null) {
      return found;
    }
    Handle opened = new Handle(key.open(writable), writable);
    List<Handle> idle = new ArrayList<>();
    lock.lock();
    try {
      Handle previous = open.put(key, opened); // another thread may have been as quick: it is kept
      if (previous != null) { // until its users are through
        drop(previous, idle);
      }
      Iterator<Handle> eldest = open.values().iterator();
      while (open.size() > limit) {
        Handle evicted = eldest.next();
        eldest.remove();
        drop(evicted, idle);
      }
    } finally {
      lock.unlock();
    }
    try {
      closeAll(idle);
    } catch (IOException e) { // what was written may be lost: whoever hears it first can act
      release(key, opened);
      throw e;
    }
    return opened;
  }

  /** Ends a use. Closes the file if it was to be closed meanwhile. */
  void release(Key key, Handle handle) throws IOException {
    boolean close;
    lock.lock();
    try {
      if (!handle.channel.isOpen() && !handle.dropped) { // an interrupt closed it
        open.remove(key, handle);
        handle.dropped = true;
      }
      close = --handle.users == 0 && handle.dropped;
    } finally {
      lock.unlock();
    }
    if (close) {
      handle.channel.close();
    }
  }

  /** Closes the files of one torrent, those in use as soon as they are not. */
  void close(Object owner) throws IOException {
    List<Handle> idle = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Map.Entry<Key, Handle>> entries = open.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Key, Handle> entry = entries.next();
        if (entry.getKey().owner() == owner) {
          entries.remove();
          drop(entry.getValue(), idle);
        }
      }
    } finally {
      lock.unlock();
    }
    closeAll(idle);
  }

  /** Closes one file, if it is in use as soon as it is not: what is at its path is opened anew. */
  void closeFile(Key key) throws IOException {
    List<Handle> idle = new ArrayList<>();
    lock.lock();
    try {
      Handle handle = open.remove(key);
      if (handle != null) {
        drop(handle, idle);
      }
    } finally {
      lock.unlock();
    }
    closeAll(idle);
  }

  /** How many files are kept open. */
  int size() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Handle reuse(Key key, boolean writable) {
    lock.lock();
    try {
      Handle handle = open.get(key);
      if (handle == null || (writable && !handle.writable) || !handle.channel.isOpen()) {
        return null;
      }
      handle.users++;
      return handle;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a handle that is no longer in the map out of service. */
  private static void drop(Handle handle, List<Handle> idle) {
    handle.dropped = true;
    if (handle.users == 0) {
      idle.add(handle);
    }
  }

  private static void closeAll(List<Handle> handles) throws IOException {
    IOException failure = null;
    for (Handle handle : handles) {
      try {
        handle.channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
