/** Bencoding, read with spans and limits, written canonically. Values only; no thread. */
@NullMarked
package org.webtorrent4j.bencode;

import org.jspecify.annotations.NullMarked;
