/** The contests. They start the programs that do the work, and look at them from outside. */
@NullMarked
package org.webtorrent4j.benchmarks.compare.contests;

import org.jspecify.annotations.NullMarked;
