package org.webtorrent4j.tcp.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;

class TorrentKeysTest {
  private static final InfoHash FIRST = InfoHash.of(new byte[20]);
  private static final InfoHash SECOND = MseVectors.TORRENT;
  private static final InfoHash V2 = InfoHash.of(new byte[32]);

  private final TorrentKeys keys = new TorrentKeys();

  @Test
  void keyIsThatOfTheVectors() {
    byte[] key = HexFormat.of().parseHex("76afbc0ab45fae07444ffb6f4ed0f9ff2b688c2e");

    assertEquals(SECOND, keys.find(key, List.of(FIRST, SECOND)));
  }

  @Test
  void torrentsComeAndGo() {
    byte[] first = MseKeys.torrentKey(FIRST);
    byte[] second = MseKeys.torrentKey(SECOND);

    assertEquals(FIRST, keys.find(first, List.of(FIRST)));
    assertNull(keys.find(second, List.of(FIRST)));
    assertEquals(SECOND, keys.find(second, List.of(SECOND)));
    assertNull(keys.find(first, List.of(SECOND)));
    assertEquals(FIRST, keys.find(first, List.of(FIRST)));
  }

  @Test
  void v2HashIsTruncated() {
    assertEquals(V2, keys.find(MseKeys.torrentKey(FIRST), List.of(V2)));
  }
}
