/** Programs of ours that the contests start, each in a JVM of its own. */
@NullMarked
package org.webtorrent4j.benchmarks.compare.program;

import org.jspecify.annotations.NullMarked;
