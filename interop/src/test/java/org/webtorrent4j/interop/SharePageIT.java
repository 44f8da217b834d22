package org.webtorrent4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code webtorrent share} in a real browser. */
class SharePageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path temp;

  @BeforeEach
  void begin() throws Exception {
    Peers.needNetwork();
  }

  @Test
  void browserDownloadsWhatThePageShares() throws Exception {
    Path content = new Swarm(temp).file(5_432_109);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(content));
    Path picture = temp.resolve("page.png");

    try (PeerProcess share = Peers.share(temp, content)) {
      String url = share.await("http://", LIMIT);
      try (PeerProcess browser =
          Peers.sharePage(
              temp, url, picture.toString(), "--sha256", HexFormat.of().formatHex(hash))) {
        String result = browser.await("RESULT", LIMIT);
        assertTrue(result.contains("\"complaints\":[]"), result);
        browser.awaitSuccess(LIMIT);
      }
    }
    assertTrue(Files.size(picture) > 10_000, "there is no picture of the page");
  }
}
