package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class VerifyCommandTest extends CommandTest {
  @Test
  void wholeContentIsOk() throws Exception {
    Path content = content();
    Path torrent = torrentOf(content);

    assertEquals(0, verify(torrent, content), this::output);
    assertTrue(output().contains("ok         d/a.bin"), this::output);
    assertTrue(errors().contains("5 of 5 files and 13 of 13 pieces"), this::errors);
  }

  @Test
  void contentIsFoundByItsParentAndUnderAnotherName() throws Exception {
    Path content = content();
    Path torrent = torrentOf(content);
    Path renamed = Files.move(content, folder.resolve("renamed"));

    assertEquals(0, verify(torrent, renamed), this::output);
    Files.move(renamed, content);
    assertEquals(0, verify(torrent, folder), this::output);
  }

  @Test
  void eachFileHasItsFault() throws Exception {
    Path content = content();
    Path torrent = torrentOf(content);
    flip(content.resolve("a.bin"), 50_000);
    cut(content.resolve("b.bin"), 100);
    Files.write(content.resolve("c.bin"), new byte[10], StandardOpenOption.APPEND);
    Files.delete(content.resolve("d.bin"));
    Files.delete(content.resolve("empty"));
    Files.createDirectory(content.resolve("empty"));

    assertEquals(1, verify(torrent, content));
    assertTrue(output().contains("damaged    d/a.bin  (3 of 4 pieces)"), this::output);
    assertTrue(output().contains("shorter    d/b.bin  (100 of 50000 bytes"), this::output);
    assertTrue(output().contains("longer     d/c.bin  (by 10 bytes"), this::output);
    assertTrue(output().contains("missing    d/d.bin\n"), this::output);
    assertTrue(output().contains("no file    d/empty\n"), this::output);
  }

  @Test
  void programsGetAnObjectForEachFile() throws Exception {
    Path content = file("film.bin", 40_000);
    Path torrent = torrentOf(content);
    flip(content, 0);

    assertEquals(1, Main.run("verify", "--json", torrent.toString(), content.toString()));
    assertTrue(
        output()
            .contains(
                "{\"event\":\"file\",\"path\":\"film.bin\",\"status\":\"damaged\",\"length\":40000,"
                    + "\"expectedLength\":40000,\"verifiedPieces\":2,\"pieces\":3}"),
        this::output);
    assertTrue(output().contains("\"ok\":false,\"files\":1,\"okFiles\":0"), this::output);
  }

  @Test
  void nothingThereIsSaid() throws Exception {
    Path torrent = torrentOf(content());

    assertEquals(1, verify(torrent, folder.resolve("nowhere")));
    assertTrue(errors().contains("nowhere"), this::errors);
  }

  private int verify(Path torrent, Path content) {
    return Main.run("verify", torrent.toString(), content.toString());
  }

  private Path content() throws Exception {
    file("d/a.bin", 65_536);
    file("d/b.bin", 50_000);
    file("d/c.bin", 50_001);
    file("d/d.bin", 40_000);
    file("d/empty", 0);
    return folder.resolve("d");
  }

  private static void flip(Path file, long position) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.flip().put(0, (byte) ~one.get(0));
      channel.write(one, position);
    }
  }

  private static void cut(Path file, long length) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
