/**
 * The small web server of {@code webtorrent share}: a few files and numbers that are all in memory.
 * It knows no torrents.
 */
@NullMarked
package org.webtorrent4j.examples.page;

import org.jspecify.annotations.NullMarked;
