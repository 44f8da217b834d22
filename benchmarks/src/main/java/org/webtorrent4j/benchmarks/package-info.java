/** JMH benchmarks of the engine's hot parts. Each runs on the one thread that JMH gives it. */
@NullMarked
package org.webtorrent4j.benchmarks;

import org.jspecify.annotations.NullMarked;
