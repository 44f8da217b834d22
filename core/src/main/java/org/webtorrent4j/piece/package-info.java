/**
 * Pure algorithms on pieces and blocks: who has what, what to ask for next. Confined to the event
 * loop.
 */
@NullMarked
package org.webtorrent4j.piece;

import org.jspecify.annotations.NullMarked;
