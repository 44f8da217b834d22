/** Draws what was measured: tab-separated tables in, SVG pictures out. */
@NullMarked
package org.webtorrent4j.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
