/** The UDP sockets that all peers of an engine share. Confined to the event loop. */
@NullMarked
package org.webtorrent4j.webrtc.pure.udp;

import org.jspecify.annotations.NullMarked;
