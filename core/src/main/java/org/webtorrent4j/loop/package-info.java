/** The event loop that owns every mutable object of a client, its timers and its selector. */
@NullMarked
package org.webtorrent4j.loop;

import org.jspecify.annotations.NullMarked;
