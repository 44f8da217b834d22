/** TCP connections and message stream encryption (MSE/PE). Confined to the event loop. */
@NullMarked
package org.webtorrent4j.tcp;

import org.jspecify.annotations.NullMarked;
