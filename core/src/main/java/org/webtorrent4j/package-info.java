/** The public API: a client, its torrents, their files and streams. Callable from any thread. */
@NullMarked
package org.webtorrent4j;

import org.jspecify.annotations.NullMarked;
