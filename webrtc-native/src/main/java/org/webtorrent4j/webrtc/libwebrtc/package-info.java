/**
 * WebRTC by libwebrtc, Google's implementation, through webrtc-java. Three kinds of threads meet
 * here: the event loop with everything that has state to show, one owner thread for every factory,
 * the only one that calls into it, and libwebrtc's own, whose callbacks copy, post and return.
 */
@NullMarked
package org.webtorrent4j.webrtc.libwebrtc;

import org.jspecify.annotations.NullMarked;
