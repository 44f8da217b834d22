package org.webtorrent4j.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/** Compares what is on disk with what a torrent says, changing nothing. For one thread. */
final class Verifier implements AutoCloseable {
  private static final int CHUNK = 1 << 18;

  private final Info info;
  private final List<Path> paths; // by file
  private final BitSet unreadable = new BitSet(); // by file
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private final MessageDigest sha1;
  private @Nullable FileEntry openFile;
  private @Nullable FileChannel open;

  /**
   * A verifier.
   *
   * @param paths where the files are, in the order of the torrent's list
   */
  Verifier(Info info, List<Path> paths) {
    this.info = info;
    this.paths = List.copyOf(paths);
    try {
      this.sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /**
   * Hashes every piece.
   *
   * @param progress is told how many pieces are done
   * @return the pieces whose hash is right
   * @throws InterruptedException if this thread is interrupted
   */
  BitSet verify(LongConsumer progress) throws InterruptedException {
    BitSet verified = new BitSet();
    int first = 0; // no earlier file has a part in the piece
    for (int piece = 0; piece < info.pieceCount(); piece++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long begin = (long) piece * info.pieceLength();
      long end = Math.min(info.totalLength(), begin + info.pieceLength());
      while (end(info.files().get(first)) <= begin) {
        first++;
      }
      if (digest(first, begin, end) && info.matches(piece, sha1.digest())) {
        verified.set(piece);
      }
      progress.accept(piece + 1);
    }
    return verified;
  }

  private static long end(FileEntry file) {
    return file.offset() + file.length();
  }

  private boolean digest(int first, long begin, long end) {
    sha1.reset();
    boolean isThere = true;
    for (int i = first; i < info.files().size() && isThere; i++) {
      FileEntry file = info.files().get(i);
      long from = Math.max(begin, file.offset());
      long to = Math.min(end, end(file));
      if (file.offset() >= end) {
        break;
      }
      if (from < to) {
        isThere = digest(file, from - file.offset(), to - file.offset());
      }
    }
    return isThere;
  }

  private boolean digest(FileEntry file, long from, long to) {
    if (file.isPadding()) {
      sha1.update(new byte[(int) (to - from)]); // a part of one piece
      return true;
    }
    try {
      FileChannel channel = open(file);
      for (long at = from; at < to; ) {
        chunk.clear().limit((int) Math.min(CHUNK, to - at));
        int count = channel == null ? -1 : channel.read(chunk, at);
        if (count < 0) {
          return false;
        }
        sha1.update(chunk.flip());
        at += count;
      }
      return true;
    } catch (IOException e) {
      unreadable.set(file.index());
      return false;
    }
  }

  private @Nullable FileChannel open(FileEntry file) throws IOException {
    if (!file.equals(openFile)) {
      close();
      openFile = file;
      Path path = paths.get(file.index());
      open = Files.isRegularFile(path) ? FileChannel.open(path) : null;
    }
    return open;
  }

  /** What there is to say about each file, after {@link #verify}. */
  List<FileVerdict> verdicts(BitSet verified) {
    List<FileVerdict> verdicts = new ArrayList<>();
    for (FileEntry file : info.files()) {
      if (!file.isPadding()) {
        verdicts.add(verdict(file, verified));
      }
    }
    return verdicts;
  }

  private FileVerdict verdict(FileEntry file, BitSet verified) {
    int pieces = 0;
    int good = 0;
    if (file.length() > 0) {
      int from = (int) (file.offset() / info.pieceLength());
      int to = (int) ((end(file) - 1) / info.pieceLength()) + 1;
      pieces = to - from;
      good = verified.get(from, to).cardinality();
    }
    Path path = paths.get(file.index());
    long length = size(path);
    String status;
    if (!Files.exists(path)) {
      status = "missing";
    } else if (file.symlinkTarget().isPresent()) {
      status = "ok"; // whatever it leads to
    } else if (!Files.isRegularFile(path)) {
      status = "no file";
    } else if (unreadable.get(file.index())) {
      status = "unreadable";
    } else if (length != file.length()) {
      status = length < file.length() ? "shorter" : "longer";
    } else {
      status = good == pieces ? "ok" : "damaged";
    }
    return new FileVerdict(file, status, length, good, pieces);
  }

  private static long size(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) { // it has just gone
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel last = open;
    open = null;
    openFile = null;
    if (last != null) {
      last.close();
    }
  }
}
