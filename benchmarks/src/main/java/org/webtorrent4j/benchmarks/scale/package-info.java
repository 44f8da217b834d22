/** How costs grow with the number of torrents, of peers and of pieces: curves, not points. */
@NullMarked
package org.webtorrent4j.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
