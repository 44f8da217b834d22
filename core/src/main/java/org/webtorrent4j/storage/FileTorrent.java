package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/** One torrent of a {@link FileStorage}. Thread-safe as the interface says. */
final class FileTorrent implements TorrentStorage {
  private static final Logger log = LoggerFactory.getLogger(FileTorrent.class);

  /**
   * Most bytes that are handed to the system at once. Linux takes page cache memory for up to 32
   * KiB from lists of recently used pages; for more it takes fresh blocks, which a virtual machine
   * may have given back to its host. Then writes of 256 KiB cost up to four times as much CPU (1.5
   * s against 0.35 s a GiB, ext4, Linux 6.18); where they are cheaper, it is by 0.1 s.
   */
  private static final int MAX_WRITE = 32 * 1024;

  private final FileTree tree;
  private final FileHandles handles;
  private final Info info;
  private final FileRanges ranges;
  private final DiskFile[] files; // those that have bytes, by their number in the ranges
  private volatile boolean closed;

  FileTorrent(FileTree tree, FileHandles handles, Info info) throws IOException {
    this.tree = tree;
    this.handles = handles;
    this.info = info;
    this.ranges = new FileRanges(info);
    this.files = new DiskFile[ranges.count()];
    for (int i = 0; i < files.length; i++) {
      FileEntry entry = ranges.entry(i);
      tree.resolve(entry.path()); // a bad name is better known now than after half the download
      files[i] = new DiskFile(this, entry);
    }
  }

  @Override
  public void read(long offset, ByteBuffer destination) throws IOException {
    ranges.read(
        offset,
        destination,
        (file, position, buffer) -> files[file].transfer(position, buffer, false));
  }

  @Override
  public void write(long offset, ByteBuffer source) throws IOException {
    ranges.write(
        offset, source, (file, position, buffer) -> files[file].transfer(position, buffer, true));
  }

  @Override
  public void createEmptyFiles() throws IOException {
    checkOpen();
    for (FileEntry entry : info.files()) {
      if (entry.symlinkTarget().isPresent()) {
        createLink(entry, entry.symlinkTarget().get());
      } else if (entry.length() == 0 && !entry.isPadding()) {
        Path path = tree.resolveInside(entry.path(), true);
        if (FileTree.attributes(path) == null) {
          try {
            FileTree.create(path, entry.isExecutable()).close();
          } catch (FileAlreadyExistsException e) {
            log.debug("{} was created by somebody else", path);
          }
        }
      }
    }
  }

  @Override
  public long presentBytes(long offset, long length) throws IOException {
    checkOpen();
    long end = Math.min(Math.addExact(offset, length), ranges.totalLength());
    long at = offset;
    for (int file = ranges.fileAt(offset); at < end; file++) {
      FileEntry entry = ranges.entry(file);
      long position = at - entry.offset();
      long present = ranges.isPadding(file) ? entry.length() : files[file].size();
      at += Math.max(0, Math.min(present, entry.length()) - position);
      if (present < entry.length()) {
        break;
      }
    }
    return Math.min(at, end) - offset;
  }

  @Override
  public void delete() throws IOException {
    close();
    List<Path> paths = new ArrayList<>();
    IOException failure = null;
    for (FileEntry entry : info.files()) {
      try {
        if (!entry.isPadding()) {
          paths.add(tree.resolve(entry.path()));
          deleteFile(entry);
        }
      } catch (IOException e) { // the others can still go
        failure = failure == null ? e : failure;
      }
    }
    tree.deleteEmptyFolders(paths);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    handles.close(this);
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private void createLink(FileEntry entry, List<String> targetElements) throws IOException {
    if (!targetElements.get(0).equals(entry.path().get(0))) {
      throw new IOException(entry.pathText() + ": a symbolic link that leads out of the torrent");
    }
    Path target = tree.resolve(targetElements);
    Path link = tree.resolveInside(entry.path(), true);
    Path folder = link.getParent();
    if (folder == null || FileTree.attributes(link) != null) {
      return;
    }
    try {
      Files.createSymbolicLink(link, folder.relativize(target));
    } catch (UnsupportedOperationException | FileSystemException e) {
      log.debug(
          "{} is not created, only administrators may or nobody", link, e); // not worth a stop
    }
  }

  /** Deletes what we may have created; a folder or a link in a file's place is not ours. */
  private void deleteFile(FileEntry entry) throws IOException {
    Path path;
    BasicFileAttributes attributes;
    try {
      path = tree.resolveInside(entry.path(), false);
      attributes = FileTree.attributes(path);
    } catch (NoSuchFileException e) { // not even its folder
      return;
    }
    boolean isLink = entry.symlinkTarget().isPresent();
    if (attributes != null && (isLink ? attributes.isSymbolicLink() : attributes.isRegularFile())) {
      Files.deleteIfExists(path);
    }
  }

  /** A file that has bytes. */
  private static final class DiskFile implements FileHandles.Key {
    private final FileTorrent torrent;
    private final FileEntry entry;

    DiskFile(FileTorrent torrent, FileEntry entry) {
      this.torrent = torrent;
      this.entry = entry;
    }

    @Override
    public Object owner() {
      return torrent;
    }

    @Override
    public FileChannel open(boolean writable) throws IOException {
      Path path = torrent.tree.resolveInside(entry.path(), writable);
      return FileTree.open(path, writable, entry.isExecutable());
    }

    long size() throws IOException {
      BasicFileAttributes attributes;
      try {
        attributes = FileTree.attributes(torrent.tree.resolveInside(entry.path(), false));
      } catch (NoSuchFileException e) {
        return 0;
      }
      return attributes != null && attributes.isRegularFile() ? attributes.size() : 0;
    }

    /** Reads or writes; a repetition goes on where the one before was cut off. */
    void transfer(long position, ByteBuffer buffer, boolean write) throws IOException {
      torrent.checkOpen();
      long start = position - buffer.position();
      try {
        torrent.handles.use(this, write, channel -> transfer(channel, start, buffer, write));
      } catch (NoSuchFileException e) {
        throw missing(start + buffer.position(), e);
      } catch (EOFException | ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        throw failed(start + buffer.position(), buffer.remaining(), write, e);
      } finally {
        if (torrent.closed) { // meanwhile: what was opened after that is closed here
          torrent.handles.close(torrent);
        }
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
      String what = (write ? "cannot write " : "cannot read ") + entry.pathText() + " at " + at;
      if (write && FileTree.isDiskFull(torrent.tree.directory(), left, cause)) {
        what += ": the disk is full";
      }
      return new IOException(what + ": " + cause.getMessage(), cause);
    }
  }
}
