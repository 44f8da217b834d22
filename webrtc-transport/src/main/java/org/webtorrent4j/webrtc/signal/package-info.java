/**
 * WebSocket trackers: announces and offers out, counts, offers and answers in, as JSON. Confined to
 * the event loop.
 */
@NullMarked
package org.webtorrent4j.webrtc.signal;

import org.jspecify.annotations.NullMarked;
