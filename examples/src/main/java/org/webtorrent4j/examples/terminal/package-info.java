/**
 * What the command line program says: text for people that fits the terminal and cannot steer it,
 * and JSON for programs.
 */
@NullMarked
package org.webtorrent4j.examples.terminal;

import org.jspecify.annotations.NullMarked;
