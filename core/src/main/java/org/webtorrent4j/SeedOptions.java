package org.webtorrent4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.metainfo.MetainfoBuilder;
import org.webtorrent4j.metainfo.MetainfoException;

/** How {@link Client#seed} describes what it seeds. Immutable; made by a {@link Builder}. */
public final class SeedOptions {
  private final @Nullable List<List<String>> trackers;
  private final List<String> webSeeds;
  private final int pieceLength;
  private final boolean isPrivate;
  private final @Nullable String comment;
  private final boolean isVerifyingReads;
  private final Consumer<? super String> warnings;

  private SeedOptions(Builder builder) {
    this.trackers = builder.trackers;
    this.webSeeds = List.copyOf(builder.webSeeds);
    this.pieceLength = builder.pieceLength;
    this.isPrivate = builder.isPrivate;
    this.comment = builder.comment;
    this.isVerifyingReads = builder.isVerifyingReads;
    this.warnings = builder.warnings;
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

  /** Whether each piece is hashed before it is first sent. */
  public boolean isVerifyingReads() {
    return isVerifyingReads;
  }

  /** Told what of a folder was left out, and why. */
  public Consumer<? super String> warnings() {
    return warnings;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable List<List<String>> trackers;
    private List<String> webSeeds = List.of();
    private int pieceLength;
    private boolean isPrivate;
    private @Nullable String comment;
    private boolean isVerifyingReads;
    private Consumer<? super String> warnings = warning -> {};

    private Builder() {}

    /**
     * Announce URLs, each a tier of its own, instead of the client's default trackers.
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder trackers(List<String> urls) {
      Objects.requireNonNull(urls, "urls");
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
      Objects.requireNonNull(tiers, "tiers");
      this.trackers = tiers.stream().map(NamedUrls::trackers).toList();
      return this;
    }

    /**
     * URLs of servers that have the files (BEP 19).
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder webSeeds(List<String> urls) {
      Objects.requireNonNull(urls, "urls");
      this.webSeeds = NamedUrls.webSeeds(urls);
      return this;
    }

    /**
     * Length of a piece in bytes.
     *
     * @throws TorrentException unless it is a power of two from 16 KiB to 64 MiB, or 0
     */
    public Builder pieceLength(int bytes) {
      if (bytes != 0) {
        try {
          MetainfoBuilder.checkPieceLength(bytes);
        } catch (MetainfoException e) {
          throw new TorrentException(FileFaults.reason(e), e);
        }
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
      Objects.requireNonNull(text, "text");
      this.comment = text;
      return this;
    }

    /**
     * Whether to hash each piece before it is first sent, which finds files that were changed and
     * look the same. Otherwise a change is found by a file's size and time.
     */
    public Builder verifyReads(boolean value) {
      this.isVerifyingReads = value;
      return this;
    }

    /**
     * Told, in sentences for people that name the file, what of a folder is left out: symbolic
     * links that lead nowhere or in a circle, pipes, sockets and devices. Called by the thread that
     * seeds.
     */
    public Builder warnings(Consumer<? super String> listener) {
      Objects.requireNonNull(listener, "listener");
      this.warnings = listener;
      return this;
    }

    /** The finished options. */
    public SeedOptions build() {
      return new SeedOptions(this);
    }
  }
}
