/**
 * How files are seen, wherever they are used: their names as bytes, what tells that one has
 * changed, and why something failed, in words. Free of threads.
 */
@NullMarked
package org.webtorrent4j.file;

import org.jspecify.annotations.NullMarked;
