package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.file.FileStamp;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/** One torrent of a {@link FileStorage}. Thread-safe as the interface says. */
final class FileTorrent implements TorrentStorage {
  private static final Logger log = LoggerFactory.getLogger(FileTorrent.class);

  private final Path folder;
  private final FileHandles handles;
  private final Info info;
  private final List<Path> paths; // of all files
  private final FileRanges ranges;
  private final DiskFile[] files; // those that have bytes, by their number in the ranges
  private volatile @Nullable FileClaims claims; // null unless it belongs to a client
  private volatile String name;
  private volatile boolean closed;

  /**
   * Opens it; nothing is created.
   *
   * @param hashed what each file was, by its place in the torrent, when it was hashed; null if that
   *     is not known
   */
  FileTorrent(
      FilePlaces places, FileHandles handles, Info info, IntFunction<@Nullable FileStamp> hashed)
      throws IOException {
    this.folder = places.folder();
    this.handles = handles;
    this.info = info;
    this.name = info.name();
    this.paths = places.of(info);
    this.ranges = new FileRanges(info);
    this.files = new DiskFile[ranges.count()];
    for (int i = 0; i < files.length; i++) {
      FileEntry entry = ranges.entry(i);
      files[i] = new DiskFile(this, entry, paths.get(entry.index()), hashed.apply(entry.index()));
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
    createEmptyFiles(file -> true);
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
    BitSet all = new BitSet();
    all.set(0, paths.size());
    delete(all);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    FileClaims held = claims;
    if (held != null) {
      held.release(this);
    }
    handles.close(this);
  }

  FileHandles handles() {
    return handles;
  }

  void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  void closeIfClosed() throws IOException {
    if (closed) {
      handles.close(this);
    }
  }

  // ---- what there is besides reading and writing

  /** The bytes of a range are about to be hashed: what was known of its files does not count. */
  void beginCheck(long offset, long length) throws IOException {
    checkOpen();
    for (int i = ranges.fileAt(offset); i < files.length; i++) {
      if (files[i].entry().offset() >= offset + length) {
        break;
      }
      if (!ranges.isPadding(i)) {
        files[i].beginCheck();
      }
    }
  }

  /**
   * Looks, for each file that a range lies in, whether it is what was hashed.
   *
   * @throws FileFault if one is not
   */
  void checkUnchanged(long offset, long length) throws IOException {
    for (int i = ranges.fileAt(offset); i < files.length; i++) {
      if (files[i].entry().offset() >= offset + length) {
        break;
      }
      if (!ranges.isPadding(i)) {
        files[i].checkUnchanged();
      }
    }
  }

  /** A file was opened for writing: such as it is now it must be nobody else's. */
  void claimWritten(Path file) throws IOException {
    FileClaims held = claims;
    if (held != null) {
      held.claimMore(this, name, file);
    }
  }

  /**
   * Makes the files what they are to be, after it was counted what is there: they are claimed, what
   * is not ours is found, what has no bytes is created, and what is whole has its length.
   *
   * @return what is wrong with files that are whole or were so
   * @throws IOException if another torrent holds a file, or something that is not ours is in its
   *     place, or nothing can be created
   */
  List<FileFault> settle(FilePlan plan, FileClaims register) throws IOException {
    checkOpen();
    name = plan.torrent();
    claims = register;
    register.claim(this, name, wishes(plan));
    if (closed) { // meanwhile
      register.release(this);
      throw new ClosedChannelException();
    }
    if (plan.mayWrite()) {
      keepForeign(plan);
      createEmptyFiles(plan.wanted()::get);
    }
    List<FileFault> faults = new ArrayList<>();
    for (DiskFile file : files) {
      int index = file.entry().index();
      if (plan.whole().get(index) && plan.wanted().get(index) && isStored(file.entry())) {
        try {
          boolean mayCut = plan.mayWrite() && !isSharedIfLonger(file, register);
          file.settle(mayCut).ifPresent(what -> faults.add(FileFault.harmless(file.entry(), what)));
        } catch (FileFault e) {
          faults.add(e);
        }
      }
    }
    return faults;
  }

  private boolean isSharedIfLonger(DiskFile file, FileClaims register) throws IOException {
    BasicFileAttributes attributes = Disk.attributes(file.path());
    return attributes != null
        && attributes.size() > file.entry().length()
        && register.isShared(this, file.path());
  }

  private List<FileClaims.Wish> wishes(FilePlan plan) {
    List<FileClaims.Wish> wishes = new ArrayList<>();
    for (FileEntry entry : info.files()) {
      if (isStored(entry) && !(entry.length() == 0 && !plan.mayWrite())) {
        boolean isWriting = plan.mayWrite() && !plan.whole().get(entry.index());
        wishes.add(new FileClaims.Wish(paths.get(entry.index()), isWriting));
      }
    }
    return wishes;
  }

  /** Finds the files that are not ours; fails for those that are wanted. */
  private void keepForeign(FilePlan plan) throws IOException {
    for (DiskFile file : files) {
      int index = file.entry().index();
      if (plan.isOverwriting() || plan.begun().get(index)) {
        file.allow();
      } else if (isStored(file.entry()) && file.findForeign() && plan.wanted().get(index)) {
        throw file.foreign();
      }
    }
    for (FileEntry entry : info.files()) {
      if (entry.length() == 0 && isStored(entry) && plan.wanted().get(entry.index())) {
        makeRoomForEmpty(entry, plan.isOverwriting());
      }
    }
  }

  private void makeRoomForEmpty(FileEntry entry, boolean isOverwriting) throws IOException {
    Path path = paths.get(entry.index());
    BasicFileAttributes attributes = Disk.attributes(path);
    if (attributes != null && attributes.isRegularFile() && attributes.size() > 0) {
      if (!isOverwriting) {
        throw new IOException(path + " exists and is something else");
      }
      Files.write(path, new byte[0]);
    } else if (attributes != null && !attributes.isRegularFile()) {
      throw new IOException(path + " is not a regular file");
    }
  }

  private static boolean isStored(FileEntry entry) {
    return !entry.isPadding() && entry.symlinkTarget().isEmpty();
  }

  private void createEmptyFiles(IntPredicate isWanted) throws IOException {
    checkOpen();
    for (FileEntry entry : info.files()) {
      if (!isWanted.test(entry.index())) {
        continue;
      }
      Path path = paths.get(entry.index());
      if (entry.symlinkTarget().isPresent()) {
        TorrentLinks.create(entry, path, entry.symlinkTarget().get());
      } else if (entry.length() == 0 && !entry.isPadding() && Disk.attributesOfLink(path) == null) {
        try {
          Disk.create(path, entry.isExecutable()).close();
        } catch (FileAlreadyExistsException e) {
          log.debug("{} was created by somebody else", path);
        }
      }
    }
  }

  // ---- deleting

  /**
   * Closes and deletes what is ours: what was created, and what holds something of the torrent; no
   * file that another torrent holds, and no link that the torrent does not have.
   *
   * @param held files that hold something of the torrent
   * @return what was left
   * @throws IOException if something could not be deleted
   */
  List<Path> delete(BitSet held) throws IOException {
    close();
    BitSet ours = (BitSet) held.clone();
    for (DiskFile file : files) {
      if (file.isCreated()) {
        ours.set(file.entry().index());
      }
    }
    List<Path> left = new ArrayList<>();
    IOException failure = null;
    for (FileEntry entry : info.files()) {
      try {
        if (!entry.isPadding() && !deleteFile(entry, ours)) {
          left.add(paths.get(entry.index()));
        }
      } catch (IOException e) { // the others can still go
        failure = failure == null ? e : failure;
      }
    }
    Disk.deleteEmptyFolders(paths, folder);
    if (failure != null) {
      throw failure;
    }
    return left;
  }

  /** Whether nothing is there any more. */
  private boolean deleteFile(FileEntry entry, BitSet ours) throws IOException {
    Path path = paths.get(entry.index());
    BasicFileAttributes attributes;
    try {
      attributes = Disk.attributesOfLink(path);
    } catch (FileSystemException e) { // not even its folder: a file is there
      return true;
    }
    FileClaims register = claims;
    boolean isOurs = ours.get(entry.index());
    boolean isEmpty = entry.length() == 0 && attributes != null && attributes.size() == 0;
    if (attributes == null) {
      return true;
    } else if (entry.symlinkTarget().isPresent()) {
      return attributes.isSymbolicLink() && Files.deleteIfExists(path);
    } else if (!attributes.isRegularFile()
        || !(isOurs || isEmpty)
        || (register != null && register.isShared(this, path))) {
      return false;
    }
    Files.deleteIfExists(path);
    return true;
  }
}
