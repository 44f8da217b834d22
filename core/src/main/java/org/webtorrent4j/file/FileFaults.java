package org.webtorrent4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why something failed, in words for people: many exceptions of the JDK say only which file. */
public final class FileFaults {
  private FileFaults() {}

  /** Why, without the file that it is about. */
  public static String reason(IOException cause) {
    if (!(cause instanceof FileSystemException failure)) {
      return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
    if (failure.getReason() != null) {
      return failure.getReason();
    } else if (cause instanceof NoSuchFileException) {
      return "does not exist";
    } else if (cause instanceof AccessDeniedException) {
      return "permission denied";
    } else if (cause instanceof FileAlreadyExistsException) {
      return "exists already";
    } else if (cause instanceof NotDirectoryException) {
      return "is not a folder";
    } else if (cause instanceof DirectoryNotEmptyException) {
      return "is not empty";
    } else if (cause instanceof FileSystemLoopException) {
      return "is a link that leads to itself";
    }
    return "failed (" + cause.getClass().getSimpleName() + ")";
  }

  /** Why, with the file that it is about. */
  public static String sentence(IOException cause) {
    String file = cause instanceof FileSystemException failure ? failure.getFile() : null;
    return file == null ? reason(cause) : file + ": " + reason(cause);
  }

  /** Why, with the file unless it is the one that the reader is told of anyway. */
  public static String reason(Path known, IOException cause) {
    String reason = reason(cause);
    if (cause instanceof FileSystemException failure) {
      String file = failure.getFile();
      return file == null || file.equals(known.toString()) ? reason : file + ": " + reason;
    }
    String prefix = known + ": ";
    return reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
  }
}
