/**
 * Torrent descriptions: info hashes, metainfo files and magnet links. Immutable values; any thread.
 */
@NullMarked
package org.webtorrent4j.metainfo;

import org.jspecify.annotations.NullMarked;
