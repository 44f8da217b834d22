package org.webtorrent4j.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileFaultsTest {
  @Test
  void exceptionsThatOnlyNameAFileAreGivenAReason() {
    assertEquals("permission denied", FileFaults.reason(new AccessDeniedException("/a")));
    assertEquals("/a: does not exist", FileFaults.sentence(new NoSuchFileException("/a")));
    assertEquals(
        "Read-only file system",
        FileFaults.reason(
            Path.of("/a"), new FileSystemException("/a", null, "Read-only file system")));
  }

  @Test
  void fileThatIsToldAnywayIsNotToldTwice() {
    Path known = Path.of("/a");

    assertEquals("is empty", FileFaults.reason(known, new IOException(known + ": is empty")));
    assertEquals(
        "permission denied", FileFaults.reason(known, new AccessDeniedException(known.toString())));
    assertEquals(
        "/b: permission denied", FileFaults.reason(known, new AccessDeniedException("/b")));
  }
}
