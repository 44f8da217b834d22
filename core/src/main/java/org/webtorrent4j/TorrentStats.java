package org.webtorrent4j;

import java.time.Duration;
import java.util.Optional;

/**
 * A torrent's numbers at one moment.
 *
 * @param state what it is doing
 * @param totalLength length of its files in bytes, padding excluded; 0 while the metadata is
 *     unknown
 * @param wantedLength bytes in files that are wanted
 * @param verifiedLength those of them that are verified and stored
 * @param pieceCount number of pieces; 0 while the metadata is unknown
 * @param verifiedPieces number of pieces that are verified and stored, wanted or not
 * @param checkedPieces number of pieces looked at by the running or last check
 * @param downloaded bytes of blocks received since the torrent was added
 * @param uploaded bytes of blocks sent since the torrent was added
 * @param wasted received bytes that were not needed or failed their hash
 * @param hashFailures pieces that failed their hash
 * @param downloadRate bytes of blocks per second, lately
 * @param uploadRate bytes of blocks per second, lately
 * @param peers connected peers
 * @param seeds those of them that have everything
 * @param knownPeers addresses that could be connected
 */
public record TorrentStats(
    TorrentState state,
    long totalLength,
    long wantedLength,
    long verifiedLength,
    int pieceCount,
    int verifiedPieces,
    int checkedPieces,
    long downloaded,
    long uploaded,
    long wasted,
    int hashFailures,
    long downloadRate,
    long uploadRate,
    int peers,
    int seeds,
    int knownPeers) {
  /** The verified part of what is wanted, from 0 to 1. */
  public double progress() {
    return wantedLength == 0 ? 0 : (double) verifiedLength / wantedLength;
  }

  /** How long the rest will take at the current rate; empty if there is no telling. */
  public Optional<Duration> remainingTime() {
    if (state != TorrentState.DOWNLOADING || downloadRate <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds((wantedLength - verifiedLength) / downloadRate));
  }
}
