/**
 * Session descriptions (RFC 8866, 8839, 8841) as far as data channels need them: what strangers
 * send is checked and reduced before an implementation of WebRTC sees it. Values only, any thread.
 */
@NullMarked
package org.webtorrent4j.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
