/**
 * How bytes wait for a WebRTC implementation and for the event loop: queues of blocks between two
 * threads, and the window that bounds them.
 */
@NullMarked
package org.webtorrent4j.webrtc.libwebrtc.flow;

import org.jspecify.annotations.NullMarked;
