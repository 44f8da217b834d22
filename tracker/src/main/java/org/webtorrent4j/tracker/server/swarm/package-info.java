/**
 * The swarms, whatever protocol their peers announce with: who is in which, for how long, and whom
 * a peer is told of. {@link org.webtorrent4j.tracker.server.swarm.SwarmTable} is its door and the
 * one place of shared state; it has a lock.
 */
@NullMarked
package org.webtorrent4j.tracker.server.swarm;

import org.jspecify.annotations.NullMarked;
