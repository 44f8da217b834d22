/** Where a torrent's bytes are kept, and the workers that read, write and hash them. */
@NullMarked
package org.webtorrent4j.storage;

import org.jspecify.annotations.NullMarked;
