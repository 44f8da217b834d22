/**
 * The tracker server: what peers announce, kept in bounded memory, and the protocols that carry it.
 * Unlike the client it has no event loop: requests run on a few threads of the web server, and
 * {@link org.webtorrent4j.tracker.server.SwarmTable}, the one place of shared state, has a lock.
 */
@NullMarked
package org.webtorrent4j.tracker.server;

import org.jspecify.annotations.NullMarked;
