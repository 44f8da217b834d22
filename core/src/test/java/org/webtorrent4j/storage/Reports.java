package org.webtorrent4j.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.storage.DiskIo.SegmentRead;

/** Writes down what is reported, for every kind of operation. */
final class Reports<T>
    implements DiskIo.ReadHandler,
        DiskIo.SaveHandler,
        DiskIo.CheckHandler,
        DiskIo.DoneHandler,
        DiskIo.ResultHandler<T> {
  /** One word for each report, but for progress. */
  final List<String> words = new ArrayList<>();

  /** Checked and verified, of each progress. */
  final List<int[]> progress = new ArrayList<>();

  @Nullable T result;
  @Nullable Bitfield verified;
  @Nullable IOException cause;

  @Override
  public void onRead(List<SegmentRead> reads) {
    words.add("read");
  }

  @Override
  public void onReadFailed(List<SegmentRead> reads, IOException why) {
    failed("read failed", why);
  }

  @Override
  public void onSaved() {
    words.add("saved");
  }

  @Override
  public void onCorrupt() {
    words.add("corrupt");
  }

  @Override
  public void onSaveFailed(IOException why) {
    failed("save failed", why);
  }

  @Override
  public void onProgress(int checked, int good) {
    progress.add(new int[] {checked, good});
  }

  @Override
  public void onChecked(Bitfield pieces) {
    words.add("checked");
    verified = pieces;
  }

  @Override
  public void onCheckFailed(IOException why) {
    failed("check failed", why);
  }

  @Override
  public void onDone() {
    words.add("done");
  }

  @Override
  public void onResult(T value) {
    words.add("result");
    result = value;
  }

  @Override
  public void onFailed(IOException why) {
    failed("failed", why);
  }

  private void failed(String word, IOException why) {
    words.add(word);
    cause = why;
  }
}
