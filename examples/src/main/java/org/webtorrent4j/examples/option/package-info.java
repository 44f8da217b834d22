/** What the commands understand: options in common, and converters that refuse what cannot be. */
@NullMarked
package org.webtorrent4j.examples.option;

import org.jspecify.annotations.NullMarked;
