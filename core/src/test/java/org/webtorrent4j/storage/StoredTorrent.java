package org.webtorrent4j.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.MetainfoException;

/** A torrent of random bytes: its info dictionary and what belongs in its files. */
final class StoredTorrent {
  /** The folder of every torrent of several files. */
  static final String NAME = "torrent";

  final byte[] content;
  final Info info;

  private StoredTorrent(byte[] content, Info info) {
    this.content = content;
    this.info = info;
  }

  /**
   * A file to be.
   *
   * @param path below the torrent's folder, with slashes
   * @param attributes as in BEP 47: p, x, l
   * @param target of a link, with slashes; empty if it is none
   */
  record File(String path, int length, String attributes, String target) {
    static File of(String path, int length) {
      return new File(path, length, "", "");
    }

    static File padding(int length) {
      return new File(".pad/" + length, length, "p", "");
    }

    static File executable(String path, int length) {
      return new File(path, length, "x", "");
    }

    static File link(String path, String target) {
      return new File(path, 0, "l", target);
    }
  }

  /** A torrent of one file and no folder. */
  static StoredTorrent single(String name, int length, int pieceLength) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    String head = "d6:lengthi%de4:name%s".formatted(length, text(name));
    return new StoredTorrent(content, parse(head, content, pieceLength));
  }

  /** A torrent of several files. */
  static StoredTorrent of(int pieceLength, File... files) {
    Random random = new Random(files.length);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder("d5:filesl");
    for (File file : files) {
      byte[] bytes = new byte[file.length];
      if (!file.attributes.contains("p")) {
        random.nextBytes(bytes);
      }
      content.writeBytes(bytes);
      head.append('d');
      if (!file.attributes.isEmpty()) {
        head.append("4:attr").append(text(file.attributes));
      }
      head.append("6:lengthi").append(file.length).append("e4:path").append(list(file.path));
      if (!file.target.isEmpty()) {
        head.append("12:symlink path").append(list(file.target));
      }
      head.append('e');
    }
    head.append("e4:name").append(text(NAME));
    byte[] bytes = content.toByteArray();
    return new StoredTorrent(bytes, parse(head.toString(), bytes, pieceLength));
  }

  /** One of every kind: empty, of one byte, padding, in folders, at borders of pieces. */
  static StoredTorrent ofEveryKind() {
    return of(
        1024,
        File.of("empty", 0),
        File.of("one", 1),
        File.of("folder/two", 2),
        File.padding(1021),
        File.of("folder/deep/large", 70_000),
        File.of("folder/none", 0),
        File.padding(656),
        File.executable("run", 1024),
        File.of("last", 333));
  }

  /** What belongs in one file. */
  byte[] contentOf(int file) {
    FileEntry entry = info.files().get(file);
    byte[] bytes = new byte[(int) entry.length()];
    System.arraycopy(content, (int) entry.offset(), bytes, 0, bytes.length);
    return bytes;
  }

  private static Info parse(String head, byte[] content, int pieceLength) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    int pieces = (content.length + pieceLength - 1) / pieceLength;
    String rest = "12:piece lengthi%de6:pieces%d:".formatted(pieceLength, pieces * 20);
    out.writeBytes(rest.getBytes(StandardCharsets.US_ASCII));
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      for (int from = 0; from < content.length; from += pieceLength) {
        sha1.update(content, from, Math.min(pieceLength, content.length - from));
        out.writeBytes(sha1.digest());
      }
      out.write('e');
      return Info.parse(out.toByteArray());
    } catch (NoSuchAlgorithmException | MetainfoException e) {
      throw new AssertionError(e);
    }
  }

  private static String list(String path) {
    StringBuilder list = new StringBuilder("l");
    for (String element : List.of(path.split("/"))) {
      list.append(text(element));
    }
    return list.append('e').toString();
  }

  private static String text(String text) {
    return text.length() + ":" + text;
  }
}
