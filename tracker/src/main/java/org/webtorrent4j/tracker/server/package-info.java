/**
 * An embeddable tracker server: {@link org.webtorrent4j.tracker.server.TrackerServer}. It puts
 * together the packages below it: what peers announce, kept in bounded memory, and one package for
 * each protocol that carries it. Unlike the client it has no event loop: requests run on a few
 * threads of the web server, packets on one thread of their own.
 */
@NullMarked
package org.webtorrent4j.tracker.server;

import org.jspecify.annotations.NullMarked;
