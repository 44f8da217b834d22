/**
 * WebSockets to trackers (RFC 6455) over plain sockets: only so can the address that is really
 * connected to be checked, and all threads be ended. A socket is confined to the event loop; a
 * reader and a writer thread of its own do what blocks.
 */
@NullMarked
package org.webtorrent4j.webrtc.socket;

import org.jspecify.annotations.NullMarked;
