package org.webtorrent4j.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  private static final Path FOLDER = Path.of("folder").toAbsolutePath();

  @Property(tries = 300)
  void everyNameOfUnixIsKeptByteByByte(@ForAll @Size(min = 1, max = 20) byte[] name)
      throws IOException {
    assumeTrue(FOLDER.getFileSystem().getSeparator().equals("/"));
    for (int i = 0; i < name.length; i++) {
      name[i] = name[i] == 0 || name[i] == '/' || name[i] == '.' ? (byte) 0xe9 : name[i];
    }

    Path child = FileNames.child(FOLDER, name);

    assertEquals(FOLDER, child.getParent());
    assertArrayEquals(name, FileNames.bytes(child));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a", "../a", "a/..", "a\0", "é/b"})
  void whatIsNotTheNameOfOneFileIsRefused(String name) {
    assertThrows(
        IOException.class, () -> FileNames.child(FOLDER, name.getBytes(StandardCharsets.UTF_8)));
  }
}
