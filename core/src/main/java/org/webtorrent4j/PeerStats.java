package org.webtorrent4j;

import java.net.SocketAddress;

/**
 * A connected peer's numbers at one moment.
 *
 * @param address the other end
 * @param transport {@code tcp} or another transport's name
 * @param client the name it gives itself, cleaned; may be empty
 * @param isIncoming whether it came to us
 * @param isEncrypted whether the bytes on the wire are encrypted
 * @param progress the part of the torrent that it has, from 0 to 1
 * @param amChoking whether we refuse its requests
 * @param amInterested whether it has something that we want
 * @param peerChoking whether it refuses our requests
 * @param peerInterested whether it wants something from us
 * @param downloaded bytes of blocks received from it
 * @param uploaded bytes of blocks sent to it
 * @param downloadRate bytes of blocks per second, lately
 * @param uploadRate bytes of blocks per second, lately
 */
public record PeerStats(
    SocketAddress address,
    String transport,
    String client,
    boolean isIncoming,
    boolean isEncrypted,
    double progress,
    boolean amChoking,
    boolean amInterested,
    boolean peerChoking,
    boolean peerInterested,
    long downloaded,
    long uploaded,
    long downloadRate,
    long uploadRate) {}
