/** What a transport must provide: ordered bytes to one peer. Confined to the event loop. */
@NullMarked
package org.webtorrent4j.transport;

import org.jspecify.annotations.NullMarked;
