/**
 * The tracker server: what peers announce, kept in bounded memory, and the protocols that carry it.
 */
@NullMarked
package org.webtorrent4j.tracker.server;

import org.jspecify.annotations.NullMarked;
