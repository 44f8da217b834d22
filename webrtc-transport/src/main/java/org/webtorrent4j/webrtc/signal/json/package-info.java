/** The messages of WebSocket trackers as JSON. Immutable values; any thread. */
@NullMarked
package org.webtorrent4j.webrtc.signal.json;

import org.jspecify.annotations.NullMarked;
