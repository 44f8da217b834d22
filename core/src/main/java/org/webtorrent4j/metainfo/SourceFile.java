package org.webtorrent4j.metainfo;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A file that a new torrent was made of, as it was when it was hashed.
 *
 * @param path where it is; may be a symbolic link, or below one
 * @param length in bytes
 * @param modified when it was written to last
 * @param key what the file system knows it by, if it has such a thing
 * @param isExecutable whether its owner may execute it
 */
public record SourceFile(
    Path path, long length, FileTime modified, Optional<Object> key, boolean isExecutable) {
  static SourceFile of(Path path, BasicFileAttributes attributes, boolean isExecutable) {
    return new SourceFile(
        path,
        attributes.size(),
        attributes.lastModifiedTime(),
        Optional.ofNullable(attributes.fileKey()),
        isExecutable);
  }

  /** Whether these are still its attributes. */
  boolean is(BasicFileAttributes now) {
    return of(path, now, isExecutable).equals(this);
  }
}
