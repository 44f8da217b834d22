/** Tracker clients and the announce policy. Confined to the event loop. */
@NullMarked
package org.webtorrent4j.tracker;

import org.jspecify.annotations.NullMarked;
