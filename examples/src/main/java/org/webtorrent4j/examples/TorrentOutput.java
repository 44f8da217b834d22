package org.webtorrent4j.examples;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/**
 * Where a new torrent file goes: opened before the long work, so that what is wrong is told at
 * once, and filled at the end all at once, so that there is never half of one. For one thread.
 */
final class TorrentOutput implements Closeable {
  /** What the user said, and where that leads. */
  private final Path named;

  private final Path target;
  private final boolean isForced;

  /** Takes the bytes first; null if the target is a device, which takes them itself. */
  private final @Nullable Path temporary;

  private TorrentOutput(Path named, Path target, boolean isForced, @Nullable Path temporary) {
    this.named = named;
    this.target = target;
    this.isForced = isForced;
    this.temporary = temporary;
  }

  /**
   * Opens the place of a torrent file.
   *
   * @param isForced whether a file that is there may be replaced
   * @throws IOException if it cannot be written there
   */
  static TorrentOutput open(Path target, boolean isForced) throws IOException {
    Path real = target.toAbsolutePath().normalize();
    if (Files.isDirectory(real)) {
      throw new TorrentException(target + " is a folder: name the torrent file");
    }
    if (Files.exists(real)) {
      if (!isForced) {
        throw new FileAlreadyExistsException(target.toString());
      }
      real = real.toRealPath();
      if (!Files.isRegularFile(real)) {
        return new TorrentOutput(target, real, true, null);
      }
    }
    Path folder = real.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new TorrentException("there is no folder " + folder);
    }
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    Path temporary = folder.resolve(".webtorrent-" + HexFormat.of().formatHex(random) + ".tmp");
    try {
      Files.createFile(temporary);
    } catch (NoSuchFileException e) {
      throw new TorrentException("there is no folder " + folder, e);
    } catch (IOException e) {
      throw new TorrentException("cannot write in " + folder + ": " + why(e), e);
    }
    return new TorrentOutput(target, real, isForced, temporary);
  }

  private static String why(IOException cause) {
    return cause instanceof AccessDeniedException
        ? "permission denied"
        : cause instanceof FileSystemException fault && fault.getReason() != null
            ? fault.getReason()
            : String.valueOf(cause.getMessage());
  }

  /** Leaves the torrent file, of this and of an earlier time, out of what is described. */
  MetainfoBuilder excludeFrom(MetainfoBuilder builder) {
    builder.exclude(named).exclude(target);
    return temporary == null ? builder : builder.exclude(temporary);
  }

  void write(byte[] bytes) throws IOException {
    Path file = temporary;
    if (file == null) {
      try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
        out.write(bytes);
      }
      return;
    }
    Files.write(file, bytes);
    if (isForced) {
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(file, target);
    }
  }

  /** Leaves nothing behind of what was not written. */
  @Override
  public void close() throws IOException {
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
