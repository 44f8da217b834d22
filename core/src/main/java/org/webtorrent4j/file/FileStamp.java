package org.webtorrent4j.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells, without reading it, that a file is not what it was.
 *
 * @param size in bytes
 * @param modified when it was written to last
 * @param key what the file system knows it by; null where files have no such thing
 */
public record FileStamp(long size, FileTime modified, @Nullable Object key) {
  /** Of what is at a path, links followed. */
  public static FileStamp of(Path file) throws IOException {
    return of(Files.readAttributes(file, BasicFileAttributes.class));
  }

  /** Of a file whose attributes were read. */
  public static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }
}
