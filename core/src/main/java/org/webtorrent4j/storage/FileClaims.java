package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which file, of all torrents of a client: any number that only read, or one that writes.
 * Files are known by their real path, whatever links lead there, and by what the file system knows
 * them by, so that hard links, and names where case does not count, are one file. Thread-safe.
 */
final class FileClaims {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, List<Claim>> claims = new HashMap<>(); // by path and by id
  private final Map<Object, Set<Object>> keys = new HashMap<>(); // by owner

  /** Whose a file is. */
  private record Claim(Object owner, String name, boolean isWriting) {}

  /** What a file system knows a file by. */
  private record FileId(FileSystem system, Object key) {}

  /** A file that a torrent asks for. */
  record Wish(Path path, boolean isWriting) {}

  /**
   * Gives a torrent these files and no others, or changes nothing.
   *
   * @param owner equal to itself alone
   * @param name of the torrent, for messages
   * @throws IOException naming the file and the torrent that holds it
   */
  void claim(Object owner, String name, List<Wish> wishes) throws IOException {
    claim(owner, name, wishes, true);
  }

  /** Gives a torrent one more file to write to, such as it is now; otherwise the same. */
  void claimMore(Object owner, String name, Path file) throws IOException {
    claim(owner, name, List.of(new Wish(file, true)), false);
  }

  private void claim(Object owner, String name, List<Wish> wishes, boolean isAll)
      throws IOException {
    Map<Path, Path> realFolders = new HashMap<>();
    List<List<Object>> identities = new ArrayList<>();
    for (Wish wish : wishes) { // the disk is looked at outside of the lock
      identities.add(identities(wish.path(), realFolders));
    }
    lock.lock();
    try {
      for (int i = 0; i < wishes.size(); i++) {
        Wish wish = wishes.get(i);
        for (Object key : identities.get(i)) {
          Claim other = conflict(owner, key, wish.isWriting());
          if (other != null) {
            throw new IOException(
                wish.path() + " is a file of the torrent '" + other.name() + "' of this client");
          }
        }
      }
      if (isAll) {
        drop(owner);
      }
      for (int i = 0; i < wishes.size(); i++) {
        for (Object key : identities.get(i)) {
          put(key, new Claim(owner, name, wishes.get(i).isWriting()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether another torrent holds a file too. */
  boolean isShared(Object owner, Path file) throws IOException {
    List<Object> identities = identities(file, new HashMap<>());
    lock.lock();
    try {
      return identities.stream().anyMatch(key -> conflict(owner, key, true) != null);
    } finally {
      lock.unlock();
    }
  }

  /** The torrent holds nothing any more. */
  void release(Object owner) {
    lock.lock();
    try {
      drop(owner);
    } finally {
      lock.unlock();
    }
  }

  private void drop(Object owner) {
    Set<Object> held = keys.remove(owner);
    if (held != null) {
      held.forEach(key -> remove(owner, key));
    }
  }

  private @Nullable Claim conflict(Object owner, Object key, boolean isWriting) {
    for (Claim claim : claims.getOrDefault(key, List.of())) {
      if (claim.owner() != owner && (isWriting || claim.isWriting())) {
        return claim;
      }
    }
    return null;
  }

  private void put(Object key, Claim claim) {
    remove(claim.owner(), key);
    claims.computeIfAbsent(key, one -> new ArrayList<>(1)).add(claim);
    keys.computeIfAbsent(claim.owner(), one -> new HashSet<>()).add(key);
  }

  private void remove(Object owner, Object key) {
    List<Claim> ofFile = claims.get(key);
    if (ofFile != null) {
      ofFile.removeIf(claim -> claim.owner() == owner);
      if (ofFile.isEmpty()) {
        claims.remove(key);
      }
    }
  }

  private static List<Object> identities(Path file, Map<Path, Path> realFolders)
      throws IOException {
    List<Object> identities = new ArrayList<>(2);
    BasicFileAttributes attributes = Disk.attributesOfLink(file);
    if (attributes != null && attributes.isSymbolicLink()) {
      BasicFileAttributes target = Disk.attributes(file);
      attributes = target == null ? attributes : target;
      identities.add(target == null ? file : file.toRealPath());
    } else {
      identities.add(real(file, realFolders));
    }
    if (attributes != null && attributes.fileKey() != null) {
      identities.add(new FileId(file.getFileSystem(), attributes.fileKey()));
    }
    return identities;
  }

  /** The real path as far as there is something. */
  private static Path real(Path file, Map<Path, Path> realFolders) throws IOException {
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (folder == null || name == null) {
      return file;
    }
    Path known = realFolders.get(folder);
    if (known == null) {
      known = Disk.attributes(folder) == null ? real(folder, realFolders) : folder.toRealPath();
      realFolders.put(folder, known);
    }
    return known.resolve(name);
  }
}
