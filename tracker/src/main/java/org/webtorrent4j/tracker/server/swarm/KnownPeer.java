package org.webtorrent4j.tracker.server.swarm;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.PeerId;

/**
 * A peer as others are told of it.
 *
 * @param endpoint where it accepts connections, or where it was seen if it accepts none
 * @param link how it is reached, if it is signalled
 */
public record KnownPeer(PeerId peerId, InetSocketAddress endpoint, @Nullable Link link) {}
