/**
 * The command line program {@code webtorrent}: every command is a small class that uses the public
 * API.
 */
@NullMarked
package org.webtorrent4j.examples;

import org.jspecify.annotations.NullMarked;
