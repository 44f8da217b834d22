package org.webtorrent4j.swarm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.MetainfoException;

/** A single-file torrent of random bytes. */
final class TestTorrent {
  final byte[] content;
  final Info info;

  TestTorrent(int length, int pieceLength, long seed) {
    content = new byte[length];
    new Random(seed).nextBytes(content);
    try {
      info = Info.parse(infoBytes(content, pieceLength));
    } catch (MetainfoException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] infoBytes(byte[] content, int pieceLength) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      for (int from = 0; from < content.length; from += pieceLength) {
        int to = Math.min(content.length, from + pieceLength);
        hashes.writeBytes(sha1.digest(Arrays.copyOfRange(content, from, to)));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "d6:lengthi%de4:name4:test12:piece lengthi%de6:pieces%d:"
            .formatted(content.length, pieceLength, hashes.size());
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(hashes.toByteArray());
    out.write('e');
    return out.toByteArray();
  }
}
