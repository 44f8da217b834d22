/** The same work through webtorrent4j and through other programs, in turns, with ratios. */
@NullMarked
package org.webtorrent4j.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
