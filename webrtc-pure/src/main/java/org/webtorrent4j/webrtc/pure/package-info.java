/**
 * WebRTC in Java alone: puts the protocols of module {@code rtc} together behind the interface of
 * the transport. Everything runs on the event loop, but for public-key arithmetic, which has a
 * thread of its own.
 */
@NullMarked
package org.webtorrent4j.webrtc.pure;

import org.jspecify.annotations.NullMarked;
