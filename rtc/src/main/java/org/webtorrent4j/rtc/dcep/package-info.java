/** Data channels on an association (RFC 8831, 8832): opening, ids, payload types and closing. */
@NullMarked
package org.webtorrent4j.rtc.dcep;

import org.jspecify.annotations.NullMarked;
