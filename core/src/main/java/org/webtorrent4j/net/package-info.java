/**
 * How strangers are seen, wherever they come in: what counts as one of them where limits are per
 * address, and their text, made harmless. Pure functions, for any thread.
 */
@NullMarked
package org.webtorrent4j.net;

import org.jspecify.annotations.NullMarked;
