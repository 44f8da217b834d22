package org.webtorrent4j;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import org.webtorrent4j.swarm.Session;

/** Fetches torrent files from HTTP servers that the user names; waits. */
final class TorrentFetch {
  private static final int MAX_BYTES = 10_000_000;
  private static final int CONNECT_MILLIS = 15_000;
  private static final int READ_MILLIS = 30_000;

  private TorrentFetch() {}

  static byte[] fetch(URI uri) throws IOException {
    URLConnection opened;
    try {
      opened = uri.toURL().openConnection();
    } catch (IllegalArgumentException e) {
      throw new IOException("not a URL: " + e.getMessage(), e);
    }
    if (!(opened instanceof HttpURLConnection connection)) {
      throw new IOException("not an http or https URL");
    }
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("User-Agent", Session.CLIENT_NAME.replace(' ', '/'));
    connection.setRequestProperty("Connection", "close"); // leave no idle socket behind
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("the server answered " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        return bytes;
      }
    } finally {
      connection.disconnect();
    }
  }
}
