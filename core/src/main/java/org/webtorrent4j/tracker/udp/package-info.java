/**
 * Trackers that are asked by UDP (BEP 15, 41). Confined to the event loop, sockets too; only host
 * names are resolved on workers. Packets and the order in which they are exchanged know no socket:
 * they see {@link org.webtorrent4j.tracker.udp.Datagrams}.
 */
@NullMarked
package org.webtorrent4j.tracker.udp;

import org.jspecify.annotations.NullMarked;
