/** What a contest is, what it measures, and how that is printed. For one thread. */
@NullMarked
package org.webtorrent4j.benchmarks.compare.measure;

import org.jspecify.annotations.NullMarked;
