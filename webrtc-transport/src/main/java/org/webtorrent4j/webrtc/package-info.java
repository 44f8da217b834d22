/** WebRTC data channels as a transport, with the trackers that introduce their ends. */
@NullMarked
package org.webtorrent4j.webrtc;

import org.jspecify.annotations.NullMarked;
