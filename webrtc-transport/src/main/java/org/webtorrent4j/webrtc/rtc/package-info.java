/**
 * What the transport asks of a WebRTC implementation: peers with one data channel each, complete
 * session descriptions in and out, bytes with back-pressure. No type of an implementation shows.
 */
@NullMarked
package org.webtorrent4j.webrtc.rtc;

import org.jspecify.annotations.NullMarked;
