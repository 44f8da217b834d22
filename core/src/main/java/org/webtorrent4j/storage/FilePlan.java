package org.webtorrent4j.storage;

import java.util.BitSet;

/**
 * What the engine knows and wants of a torrent's files when it has counted what is there. The sets
 * hold places in the torrent's list of files.
 *
 * @param torrent its name, for messages
 * @param mayWrite whether anything may be changed on disk
 * @param isOverwriting whether files of other content may be written over
 * @param wanted files that are wanted
 * @param whole files of which nothing is missing
 * @param begun files of which at least a part of a verified piece is there
 */
public record FilePlan(
    String torrent,
    boolean mayWrite,
    boolean isOverwriting,
    BitSet wanted,
    BitSet whole,
    BitSet begun) {}
