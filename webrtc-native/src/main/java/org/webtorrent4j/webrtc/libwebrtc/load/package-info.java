/**
 * Gets the native library into the process, on machines too that lack the desktop libraries it
 * names, and says what is missing where that fails. Any thread but the event loop.
 */
@NullMarked
package org.webtorrent4j.webrtc.libwebrtc.load;

import org.jspecify.annotations.NullMarked;
