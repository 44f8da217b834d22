package org.webtorrent4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How {@link Client#seed} describes what it seeds. Immutable; made by a {@link Builder}. */
public final class SeedOptions {
  private final @Nullable List<List<String>> trackers;
  private final List<String> webSeeds;
  private final int pieceLength;
  private final boolean isPrivate;
  private final @Nullable String comment;

  private SeedOptions(Builder builder) {
    this.trackers = builder.trackers;
    this.webSeeds = List.copyOf(builder.webSeeds);
    this.pieceLength = builder.pieceLength;
    this.isPrivate = builder.isPrivate;
    this.comment = builder.comment;
  }

  /** The client's trackers, a fitting piece length, public. */
  public static SeedOptions defaults() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Tiers of announce URLs (BEP 12); empty = the client's default trackers. */
  public Optional<List<List<String>>> trackers() {
    return Optional.ofNullable(trackers);
  }

  /** URLs of HTTP servers that have the files (BEP 19). */
  public List<String> webSeeds() {
    return webSeeds;
  }

  /** Length of a piece in bytes; 0 = chosen by the length of the content. */
  public int pieceLength() {
    return pieceLength;
  }

  /** Whether peers may come from the trackers only (BEP 27). */
  public boolean isPrivate() {
    return isPrivate;
  }

  /** A text for people. */
  public Optional<String> comment() {
    return Optional.ofNullable(comment);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable List<List<String>> trackers;
    private List<String> webSeeds = List.of();
    private int pieceLength;
    private boolean isPrivate;
    private @Nullable String comment;

    private Builder() {}

    /**
     * Announce URLs, each a tier of its own, instead of the client's default trackers.
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder trackers(List<String> urls) {
      List<List<String>> tiers = new ArrayList<>();
      urls.forEach(url -> tiers.add(List.of(url)));
      return tiers(tiers);
    }

    /**
     * Tiers of announce URLs (BEP 12) instead of the client's default trackers.
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder tiers(List<List<String>> tiers) {
      this.trackers = tiers.stream().map(NamedUrls::trackers).toList();
      return this;
    }

    /**
     * URLs of servers that have the files (BEP 19).
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder webSeeds(List<String> urls) {
      this.webSeeds = NamedUrls.webSeeds(urls);
      return this;
    }

    /**
     * Length of a piece in bytes.
     *
     * @throws TorrentException unless it is a power of two from 16 KiB to 64 MiB, or 0
     */
    public Builder pieceLength(int bytes) {
      if (bytes != 0 && (bytes < 16 << 10 || bytes > 64 << 20 || Integer.bitCount(bytes) != 1)) {
        throw new TorrentException(
            "a piece length is a power of two from 16384 to 67108864, not " + bytes);
      }
      this.pieceLength = bytes;
      return this;
    }

    /** Whether peers may come from the trackers only (BEP 27). */
    public Builder isPrivate(boolean value) {
      this.isPrivate = value;
      return this;
    }

    /** A text for people. */
    public Builder comment(String text) {
      this.comment = text;
      return this;
    }

    /** The finished options. */
    public SeedOptions build() {
      return new SeedOptions(this);
    }
  }
}
