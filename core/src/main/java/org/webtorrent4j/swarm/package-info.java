/**
 * Everything of a torrent that lives on the event loop: peers, choking, picking, up- and download.
 */
@NullMarked
package org.webtorrent4j.swarm;

import org.jspecify.annotations.NullMarked;
