/**
 * A network in virtual time: deterministic by its seed, without threads. Links lose, delay,
 * reorder, double and spoil what they carry.
 */
@NullMarked
package org.webtorrent4j.rtc.sim;

import org.jspecify.annotations.NullMarked;
