package org.webtorrent4j.swarm;

import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.transport.TransportSettings;

/**
 * The part of the client's options that concerns the engine.
 *
 * @param transport what transports need to know
 * @param storage where torrents are kept unless they say otherwise
 * @param downloadLimit bytes per second; 0 = none
 * @param uploadLimit bytes per second; 0 = none
 * @param maxConnections peers connected in all
 * @param maxConnectionsPerTorrent peers connected for one torrent
 * @param maxConnectionsPerAddress of these, from one address of the internet (IPv6: from one /64)
 * @param maxHalfOpen connections in the making
 * @param unchokeSlots peers of one torrent that are served
 * @param bufferBytes memory for pieces on their way
 */
public record SessionSettings(
    TransportSettings transport,
    Storage storage,
    long downloadLimit,
    long uploadLimit,
    int maxConnections,
    int maxConnectionsPerTorrent,
    int maxConnectionsPerAddress,
    int maxHalfOpen,
    int unchokeSlots,
    long bufferBytes) {}
