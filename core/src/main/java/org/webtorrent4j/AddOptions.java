package org.webtorrent4j;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.storage.FileStorage;
import org.webtorrent4j.storage.Storage;

/** How {@link Client#add} downloads a torrent. Immutable; made by a {@link Builder}. */
public final class AddOptions {
  private final @Nullable Storage storage;
  private final List<String> trackers;
  private final List<InetSocketAddress> peers;
  private final boolean isPaused;
  private final boolean isSequential;
  private final boolean isSkippingAll;
  private final boolean isOverwriting;
  private final boolean isReadOnly;
  private final boolean isVerifyingReads;

  private AddOptions(Builder builder) {
    this.storage = builder.storage;
    this.trackers = builder.trackers;
    this.peers = builder.peers;
    this.isPaused = builder.isPaused;
    this.isSequential = builder.isSequential;
    this.isSkippingAll = builder.isSkippingAll;
    this.isOverwriting = builder.isOverwriting;
    this.isReadOnly = builder.isReadOnly;
    this.isVerifyingReads = builder.isVerifyingReads;
  }

  /** The client's storage, everything wanted, begun at once. */
  public static AddOptions defaults() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where the bytes go; empty = where the client keeps them. */
  public Optional<Storage> storage() {
    return Optional.ofNullable(storage);
  }

  /** Announce URLs besides those that the torrent names. */
  public List<String> trackers() {
    return trackers;
  }

  /** Peers to connect to besides those that are found. */
  public List<InetSocketAddress> peers() {
    return peers;
  }

  /** Whether the torrent begins paused. */
  public boolean isPaused() {
    return isPaused;
  }

  /** Whether pieces are asked for in their order. */
  public boolean isSequential() {
    return isSequential;
  }

  /** Whether every file begins as {@link FilePriority#SKIP}: only what is read is downloaded. */
  public boolean isSkippingAll() {
    return isSkippingAll;
  }

  /** Whether files that hold something else may be written over. */
  public boolean isOverwriting() {
    return isOverwriting;
  }

  /** Whether only what is there is seeded: nothing is downloaded or changed on disk. */
  public boolean isReadOnly() {
    return isReadOnly;
  }

  /** Whether each piece is hashed before it is first sent. */
  public boolean isVerifyingReads() {
    return isVerifyingReads;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable Storage storage;
    private List<String> trackers = List.of();
    private List<InetSocketAddress> peers = List.of();
    private boolean isPaused;
    private boolean isSequential;
    private boolean isSkippingAll;
    private boolean isOverwriting;
    private boolean isReadOnly;
    private boolean isVerifyingReads;

    private Builder() {}

    /** The folder to download into, of any NIO file system. */
    public Builder directory(Path directory) {
      Objects.requireNonNull(directory, "directory");
      return storage(FileStorage.at(directory));
    }

    /** Where the bytes go. */
    public Builder storage(Storage value) {
      Objects.requireNonNull(value, "value");
      this.storage = value;
      return this;
    }

    /**
     * Announce URLs besides those that the torrent names.
     *
     * @throws TorrentException if one is none; the message names it
     */
    public Builder trackers(List<String> urls) {
      Objects.requireNonNull(urls, "urls");
      this.trackers = NamedUrls.trackers(urls);
      return this;
    }

    /** Peers to connect to; host names are resolved later. */
    public Builder peers(List<InetSocketAddress> addresses) {
      Objects.requireNonNull(addresses, "addresses");
      this.peers = List.copyOf(addresses);
      return this;
    }

    /** Whether the torrent begins paused. */
    public Builder paused(boolean value) {
      this.isPaused = value;
      return this;
    }

    /** Whether pieces are asked for in their order instead of rarest first. */
    public Builder sequential(boolean value) {
      this.isSequential = value;
      return this;
    }

    /** Whether to want no file until its priority is raised or it is read. */
    public Builder skipAll(boolean value) {
      this.isSkippingAll = value;
      return this;
    }

    /**
     * Whether to write over a file that is there and of which no piece matches. Without this the
     * torrent fails and names it: it is somebody's file. What was downloaded in part is gone on
     * with in any case, and what another torrent of the client holds is never written over.
     */
    public Builder overwrite(boolean value) {
      this.isOverwriting = value;
      return this;
    }

    /**
     * Whether to seed what is there and nothing more: what is missing is not downloaded, and
     * nothing on disk is created, changed or cut. The torrent is {@link TorrentState#SEEDING} when
     * it is checked, whatever was found; {@link Torrent#stats()} tells.
     */
    public Builder readOnly(boolean value) {
      this.isReadOnly = value;
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

    /** The finished options. */
    public AddOptions build() {
      return new AddOptions(this);
    }
  }
}
