package org.webtorrent4j;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.tracker.TrackerStatus;

/**
 * A torrent of a client: a handle on what the event loop does. Thread-safe; its methods neither
 * wait for the network nor for the disk unless they say so.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Torrent {
  private Torrent() {}

  /** The hash that names it. */
  public InfoHash infoHash() {
    throw new UnsupportedOperationException();
  }

  /** Its name; until the metadata is known the magnet link's, or the info hash. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** What it is doing. */
  public TorrentState state() {
    throw new UnsupportedOperationException();
  }

  /** Why it stopped, if it failed. */
  public Optional<TorrentException> failure() {
    throw new UnsupportedOperationException();
  }

  /** Its numbers, not older than a second. */
  public TorrentStats stats() {
    throw new UnsupportedOperationException();
  }

  /** Its description; empty while the metadata is unknown. */
  public Optional<Metainfo> metainfo() {
    throw new UnsupportedOperationException();
  }

  /** Its files without padding; empty while the metadata is unknown. */
  public List<TorrentFile> files() {
    throw new UnsupportedOperationException();
  }

  /** A magnet link with its name and trackers. */
  public String magnet() {
    throw new UnsupportedOperationException();
  }

  /** Completes when the metadata is known; exceptionally if the torrent fails or is removed. */
  public CompletableFuture<Metainfo> metadata() {
    throw new UnsupportedOperationException();
  }

  /**
   * Completes when all that is wanted is verified and stored; exceptionally if the torrent fails or
   * is removed.
   */
  public CompletableFuture<Torrent> completion() {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits for the metadata.
   *
   * @throws TimeoutException if it takes longer
   * @throws TorrentException if the torrent fails or is removed
   */
  public Metainfo awaitMetadata(Duration timeout) throws TimeoutException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Waits until all that is wanted is verified and stored.
   *
   * @throws TimeoutException if it takes longer
   * @throws TorrentException if the torrent fails or is removed
   */
  public void awaitComplete(Duration timeout) throws TimeoutException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Disconnects all peers and stops announcing; what is on disk stays. */
  public void pause() {
    throw new UnsupportedOperationException();
  }

  /** Goes on after {@link #pause()} or a failure. */
  public void resume() {
    throw new UnsupportedOperationException();
  }

  /** Hashes everything on disk anew and goes on with what is found. */
  public void recheck() {
    throw new UnsupportedOperationException();
  }

  /** Removes the torrent from its client; the files stay. Completes when they are closed. */
  public CompletableFuture<Void> remove() {
    throw new UnsupportedOperationException();
  }

  /** Removes the torrent and deletes its files. Completes when they are deleted. */
  public CompletableFuture<Void> removeWithData() {
    throw new UnsupportedOperationException();
  }

  /** Whether pieces are asked for in their order instead of rarest first. */
  public void sequential(boolean value) {
    throw new UnsupportedOperationException();
  }

  /** Bytes per second that this torrent may receive; 0 = only the client's limit holds. */
  public void downloadLimit(long bytesPerSecond) {
    throw new UnsupportedOperationException();
  }

  /** Bytes per second that this torrent may send; 0 = only the client's limit holds. */
  public void uploadLimit(long bytesPerSecond) {
    throw new UnsupportedOperationException();
  }

  /** Connects to a peer soon; a host name is resolved first. */
  public void addPeer(InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  /** Announces to one more tracker, in a tier of its own. */
  public void addTracker(String url) {
    throw new UnsupportedOperationException();
  }

  /** The connected peers. */
  public List<PeerStats> peers() {
    throw new UnsupportedOperationException();
  }

  /** The trackers and how they do. */
  public List<TrackerStatus> trackers() {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens the only file for reading, waiting for the metadata first.
   *
   * @throws TorrentException if there are several files: choose one of {@link #files()}
   */
  public InputStream openStream() {
    throw new UnsupportedOperationException();
  }

  /** Calls {@code listener} for each event of this torrent from now on. */
  public void addListener(Consumer<? super TorrentEvent> listener) {
    throw new UnsupportedOperationException();
  }

  /** Does not call {@code listener} for later events. */
  public void removeListener(Consumer<? super TorrentEvent> listener) {
    throw new UnsupportedOperationException();
  }
}
