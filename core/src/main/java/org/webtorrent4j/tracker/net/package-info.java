/**
 * What clients of different kinds of trackers have in common: whom they may talk to, in which order
 * they announce, and how they take what strangers tell. Confined to the event loop where it has
 * state.
 */
@NullMarked
package org.webtorrent4j.tracker.net;

import org.jspecify.annotations.NullMarked;
