package org.webtorrent4j;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * Seeds and downloads torrents. Thread-safe. Its threads are daemons; {@link #close()} ends them.
 *
 * <pre>{@code
 * try (Client client = Client.create()) {
 *   Torrent torrent = client.seed(Path.of("film.mp4"));
 *   System.out.println(torrent.magnet());
 * }
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Client implements AutoCloseable {
  private Client() {}

  /**
   * Starts a client with the default options.
   *
   * @throws TorrentException if no transport can start
   */
  public static Client create() {
    return create(ClientOptions.defaults());
  }

  /**
   * Starts a client.
   *
   * @throws TorrentException if no transport can start, for example because the port is taken
   */
  public static Client create(ClientOptions options) {
    throw new UnsupportedOperationException();
  }

  /** The TCP port that peers can connect to; 0 if there is none. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /**
   * Hashes a file or folder and seeds it from where it is; waits until it is hashed. Seeding the
   * same content again returns the same torrent.
   *
   * @throws TorrentException if it cannot be read, is empty, or this thread is interrupted
   */
  public Torrent seed(Path path) {
    return seed(path, SeedOptions.defaults());
  }

  /** Like {@link #seed(Path)}, with options. */
  public Torrent seed(Path path, SeedOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Like {@link #seed(Path, SeedOptions)} without waiting. Cancelling the future stops the hashing.
   */
  public CompletableFuture<Torrent> seedAsync(Path path, SeedOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a torrent by a magnet link, an info hash in 40 hexadecimal or 32 base-32 digits, an http
   * or https URL of a torrent file, or the path of one. Returns at once; adding a torrent twice
   * returns the same object. What exists on disk is checked and used.
   *
   * @throws TorrentException if the text is none of these or the file is not a torrent
   */
  public Torrent add(String torrent) {
    return add(torrent, AddOptions.defaults());
  }

  /** Like {@link #add(String)}, with options. */
  public Torrent add(String torrent, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds the torrent that a file describes.
   *
   * @throws TorrentException if the file cannot be read or is not a torrent
   */
  public Torrent add(Path torrentFile) {
    return add(torrentFile, AddOptions.defaults());
  }

  /** Like {@link #add(Path)}, with options. */
  public Torrent add(Path torrentFile, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds the torrent that the bytes of a torrent file describe.
   *
   * @throws TorrentException if they are not a torrent's
   */
  public Torrent add(byte[] torrentFile) {
    return add(torrentFile, AddOptions.defaults());
  }

  /** Like {@link #add(byte[])}, with options. */
  public Torrent add(byte[] torrentFile, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Adds a torrent by its description. */
  public Torrent add(Metainfo metainfo, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Adds a torrent by its magnet link. */
  public Torrent add(MagnetUri magnet, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds the torrent whose file is at an http or https URL, or that a magnet link names. For a URL
   * this waits for the download of that file, 30 s at most.
   *
   * @throws TorrentException if it cannot be had or is not a torrent
   */
  public Torrent add(URI uri, AddOptions options) {
    throw new UnsupportedOperationException();
  }

  /** All torrents, in the order in which they were added. */
  public List<Torrent> torrents() {
    throw new UnsupportedOperationException();
  }

  /** The torrent with this info hash. */
  public Optional<Torrent> torrent(InfoHash infoHash) {
    throw new UnsupportedOperationException();
  }

  /** Bytes per second that may be received in all; 0 = no limit. */
  public void downloadLimit(long bytesPerSecond) {
    throw new UnsupportedOperationException();
  }

  /** Bytes per second that may be sent in all; 0 = no limit. */
  public void uploadLimit(long bytesPerSecond) {
    throw new UnsupportedOperationException();
  }

  /** Calls {@code listener} for each event of any torrent from now on. */
  public void addListener(Consumer<? super TorrentEvent> listener) {
    throw new UnsupportedOperationException();
  }

  /** Does not call {@code listener} for later events. */
  public void removeListener(Consumer<? super TorrentEvent> listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says goodbye to trackers and peers and releases everything, within 5 seconds. Readers that wait
   * get an {@link java.io.IOException}. Idempotent.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
