package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.storage.FileClaims.Wish;

class FileClaimsTest {
  @TempDir Path folder;
  private final FileClaims claims = new FileClaims();
  private final Object one = new Object();
  private final Object other = new Object();

  @Test
  void fileThatIsWrittenIsNobodyElses() throws IOException {
    Path file = folder.resolve("film.bin");
    claims.claim(one, "one", List.of(new Wish(file, true)));

    IOException refused = assertThrows(IOException.class, () -> read(file));

    assertEquals(file + " is a file of the torrent 'one' of this client", refused.getMessage());
    assertThrows(IOException.class, () -> write(file));
    assertDoesNotThrow(() -> write(folder.resolve("else.bin")));
  }

  @Test
  void manyMayReadAFileAndThenNobodyMayWriteIt() throws IOException {
    Path file = Files.createFile(folder.resolve("film.bin"));
    claims.claim(one, "one", List.of(new Wish(file, false)));

    assertDoesNotThrow(() -> read(file));
    assertThrows(IOException.class, () -> write(file));
    assertTrue(claims.isShared(one, file));
  }

  @Test
  void linksAndSecondNamesLeadToTheSameFile() throws IOException {
    Path file = Files.createFile(folder.resolve("film.bin"));
    claims.claim(one, "one", List.of(new Wish(file, true)));
    Files.createSymbolicLink(folder.resolve("soft"), file);
    Files.createLink(folder.resolve("hard"), file);
    Files.createSymbolicLink(folder.resolve("way"), folder);

    assertThrows(IOException.class, () -> read(folder.resolve("soft")));
    assertThrows(IOException.class, () -> read(folder.resolve("hard")));
    assertThrows(IOException.class, () -> read(folder.resolve("way/film.bin")));
  }

  @Test
  void roadToAFileThatIsNotThereYetIsSeenThrough() throws IOException {
    Files.createSymbolicLink(folder.resolve("way"), folder);
    claims.claim(one, "one", List.of(new Wish(folder.resolve("new/film.bin"), true)));

    assertThrows(IOException.class, () -> read(folder.resolve("way/new/film.bin")));
  }

  @Test
  void fileThatWasMadeMeanwhileIsSeenWhenItIsOpened() throws IOException {
    Path file = folder.resolve("film.bin");
    Path second = folder.resolve("second.bin");
    claims.claim(one, "one", List.of(new Wish(file, true)));
    claims.claim(other, "other", List.of(new Wish(second, true)));
    Files.createFile(file);
    claims.claimMore(one, "one", file);
    Files.createLink(second, file); // as where case does not count

    assertThrows(IOException.class, () -> claims.claimMore(other, "other", second));
  }

  @Test
  void whatIsReleasedIsFree() throws IOException {
    Path file = Files.createFile(folder.resolve("film.bin"));
    claims.claim(one, "one", List.of(new Wish(file, true)));
    claims.release(one);

    assertDoesNotThrow(() -> write(file));
  }

  private void read(Path file) throws IOException {
    claims.claim(other, "other", List.of(new Wish(file, false)));
  }

  private void write(Path file) throws IOException {
    claims.claim(other, "other", List.of(new Wish(file, true)));
  }
}
