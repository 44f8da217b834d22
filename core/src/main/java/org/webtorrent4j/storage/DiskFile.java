package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.file.FileStamp;
import org.webtorrent4j.metainfo.FileEntry;

/**
 * A file of a torrent that has bytes, and what is known of it: whether it is the torrent's, and how
 * it was when its bytes were right. Thread-safe as {@link TorrentStorage} says.
 */
final class DiskFile implements FileHandles.Key {
  /**
   * Most bytes that are handed to the system at once. Linux takes page cache memory for up to 32
   * KiB from lists of recently used pages; for more it takes fresh blocks, which a virtual machine
   * may have given back to its host. Then writes of 256 KiB cost up to four times as much CPU (1.5
   * s against 0.35 s a GiB, ext4, Linux 6.18); where they are cheaper, it is by 0.1 s.
   */
  private static final int MAX_WRITE = 32 * 1024;

  private static final int LOOK_LENGTH = 64 * 1024;

  private final FileTorrent torrent;
  private final FileEntry entry;
  private final Path path;

  /** As the file was when its bytes were looked at; null when that is not known, or changes. */
  private final AtomicReference<@Nullable FileStamp> stamp;

  private volatile boolean isCreated; // by us
  private volatile boolean isForeign; // there is something else, which is not ours to change
  private volatile boolean isDirty; // written to since it was looked at last
  private volatile @Nullable Object writtenKey; // of the file that was written to

  DiskFile(FileTorrent torrent, FileEntry entry, Path path, @Nullable FileStamp hashed) {
    this.torrent = torrent;
    this.entry = entry;
    this.path = path;
    this.stamp = new AtomicReference<>(hashed);
  }

  @Override
  public Object owner() {
    return torrent;
  }

  FileEntry entry() {
    return entry;
  }

  Path path() {
    return path;
  }

  boolean isCreated() {
    return isCreated;
  }

  @Override
  public FileChannel open(boolean writable) throws IOException {
    if (!writable) {
      checkUnchanged();
      return Disk.open(path, false);
    }
    if (isForeign) {
      throw foreign();
    }
    FileChannel channel;
    try {
      channel = openOrCreate();
    } catch (NoSuchFileException e) { // the way there is a link to nothing
      throw new IOException("there is no folder for it, or a link to nothing in its place", e);
    }
    try {
      torrent.claimWritten(path);
      BasicFileAttributes attributes = Disk.attributes(path);
      writtenKey = attributes == null ? null : attributes.fileKey();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private FileChannel openOrCreate() throws IOException {
    if (Disk.attributes(path) == null) {
      try {
        FileChannel channel = Disk.create(path, entry.isExecutable());
        isCreated = true;
        return channel;
      } catch (FileAlreadyExistsException e) { // another thread was first, or it is a link
        return Disk.open(path, true);
      }
    }
    return Disk.open(path, true);
  }

  // ---- what is there

  /** A check begins: what was known of the file does not count any more. */
  void beginCheck() throws IOException {
    stamp.set(null);
    torrent.handles().closeFile(this);
  }

  /** How long it is on disk. What is read from now on is compared with what it is now. */
  long size() throws IOException {
    BasicFileAttributes attributes = Disk.attributes(path);
    if (attributes == null || !attributes.isRegularFile()) {
      return 0;
    }
    if (!isDirty) {
      stamp.compareAndSet(null, FileStamp.of(attributes));
    }
    return attributes.size();
  }

  /**
   * Makes sure, without reading it, that the file is what it was when its bytes were looked at.
   *
   * @throws FileFault if it is not
   */
  void checkUnchanged() throws IOException {
    FileStamp known = stamp.get();
    if (known == null) {
      return;
    }
    BasicFileAttributes now = Disk.attributes(path);
    if (now == null) {
      throw new FileFault(entry, "is gone");
    }
    if (!FileStamp.of(now).equals(known)) {
      throw FileFault.changed(entry);
    }
  }

  /**
   * Finds out whether something else has the file's place: bytes that nothing of the torrent is in.
   * From now on it is not written to. A file of zeros only is room that was taken.
   */
  boolean findForeign() throws IOException {
    BasicFileAttributes attributes = isCreated ? null : Disk.attributes(path);
    isForeign =
        attributes != null
            && attributes.isRegularFile()
            && attributes.size() > 0
            && holdsMoreThanZeros();
    return isForeign;
  }

  /** The file may be written to whatever it holds. */
  void allow() {
    isForeign = false;
  }

  IOException foreign() {
    return new IOException(path + " exists and is something else");
  }

  private boolean holdsMoreThanZeros() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(LOOK_LENGTH);
    try (FileChannel channel = Disk.open(path, false)) {
      while (channel.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          if (buffer.get() != 0) {
            return true;
          }
        }
      }
    } catch (IOException e) {
      throw new FileFault(entry, "cannot be read: " + FileFaults.reason(path, e), e);
    }
    return false;
  }

  /**
   * Looks once more when nothing of it is missing: it is there and has its length, or its bytes are
   * lost.
   *
   * @param mayCut whether a longer file may be cut
   * @return what is wrong with it, the bytes being right
   * @throws FileFault if it is not what was counted
   */
  Optional<String> settle(boolean mayCut) throws IOException {
    BasicFileAttributes attributes = Disk.attributes(path);
    Object written = writtenKey;
    if (attributes == null) {
      throw new FileFault(entry, "is gone");
    } else if (!attributes.isRegularFile()) {
      throw new FileFault(entry, "is not a regular file");
    } else if (attributes.size() < entry.length()) {
      throw new FileFault(entry, "has become shorter");
    } else if (isDirty && written != null && !written.equals(attributes.fileKey())) {
      throw new FileFault(entry, "was replaced while it was written");
    } else if (!isDirty) {
      checkUnchanged();
    }
    boolean isLonger = attributes.size() > entry.length();
    if (isLonger && mayCut) {
      try (FileChannel channel = Disk.open(path, true)) {
        channel.truncate(entry.length());
      }
    }
    if (isDirty || (isLonger && mayCut)) {
      stamp.set(FileStamp.of(path));
      isDirty = false;
    }
    return isLonger && !mayCut
        ? Optional.of(
            "is longer than the torrent says: " + attributes.size() + " for " + entry.length())
        : Optional.empty();
  }

  // ---- reading and writing

  /** Reads or writes; a repetition goes on where the one before was cut off. */
  void transfer(long position, ByteBuffer buffer, boolean write) throws IOException {
    torrent.checkOpen();
    if (write && !isDirty) {
      isDirty = true;
      stamp.set(null);
    }
    long start = position - buffer.position();
    try {
      torrent.handles().use(this, write, channel -> transfer(channel, start, buffer, write));
    } catch (NoSuchFileException e) {
      throw missing(start + buffer.position(), e);
    } catch (EOFException | ClosedChannelException | FileFault e) {
      throw e;
    } catch (IOException e) {
      throw failed(start + buffer.position(), buffer.remaining(), write, e);
    } finally {
      torrent.closeIfClosed(); // meanwhile: what was opened after that is closed here
    }
  }

  private void transfer(FileChannel channel, long start, ByteBuffer buffer, boolean write)
      throws IOException {
    while (buffer.hasRemaining()) {
      long at = start + buffer.position();
      if (write) {
        writeSome(channel, at, buffer);
      } else if (channel.read(buffer, at) < 0) {
        throw missing(at, null);
      }
    }
  }

  private static void writeSome(FileChannel channel, long at, ByteBuffer buffer)
      throws IOException {
    int end = buffer.limit();
    try {
      channel.write(buffer.limit(Math.min(end, buffer.position() + MAX_WRITE)), at);
    } finally {
      buffer.limit(end);
    }
  }

  private EOFException missing(long at, @Nullable IOException cause) {
    EOFException missing = new EOFException("nothing at " + at + " of " + entry.pathText());
    if (cause != null) {
      missing.initCause(cause);
    }
    return missing;
  }

  private IOException failed(long at, int left, boolean write, IOException cause) {
    String reason = FileFaults.reason(path, cause);
    if (!write) {
      return new FileFault(entry, "cannot be read at " + at + ": " + reason, cause);
    }
    if (isForeign) {
      return cause;
    }
    String full = Disk.isDiskFull(path, left, cause) ? "the disk is full: " : "";
    return new IOException(
        "cannot write " + entry.pathText() + " at " + at + ": " + full + reason, cause);
  }
}
