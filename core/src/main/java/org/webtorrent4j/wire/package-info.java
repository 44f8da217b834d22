/** The peer wire protocol as bytes: no socket, no clock, no thread. Confined to the event loop. */
@NullMarked
package org.webtorrent4j.wire;

import org.jspecify.annotations.NullMarked;
