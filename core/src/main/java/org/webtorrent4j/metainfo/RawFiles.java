package org.webtorrent4j.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BList;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;

/** Reads the files of an info dictionary: a v1 list, or a v2 tree. */
final class RawFiles {
  private static final int MAX_DEPTH = 100;
  private static final long MAX_LENGTH = 1L << 48;
  private static final int ROOT_LENGTH = 32;
  private static final int MAX_FILES = 1_000_000;

  private final SafePaths paths;

  RawFiles(SafePaths paths) {
    this.paths = paths;
  }

  /** The files of the v1 keys {@code length} or {@code files} (BEP 3). */
  List<RawFile> readV1(BDict info) throws MetainfoException {
    boolean isSingle = info.has("length");
    if (isSingle == info.has("files")) {
      throw new MetainfoException(isSingle ? "both length and files" : "no length and no files");
    }
    if (isSingle) {
      String attributes = info.text("attr").orElse("").replaceAll("[pl]", "");
      return List.of(new RawFile(List.of(), List.of(), length(info), attributes, null, null));
    }
    List<RawFile> files = new ArrayList<>();
    for (BValue file : info.list("files").orElseThrow(() -> fault("files is not a list"))) {
      if (!(file instanceof BDict dict)) {
        throw new MetainfoException("a file is not a dictionary");
      }
      files.add(readListed(dict));
      checkCount(files);
    }
    if (files.isEmpty()) {
      throw new MetainfoException("no files");
    }
    return files;
  }

  private RawFile readListed(BDict file) throws MetainfoException {
    String attributes = file.text("attr").orElse("");
    List<String> link = link(file, attributes);
    long length = link == null ? length(file) : 0;
    if (attributes.indexOf('p') >= 0 && !file.has("path")) {
      List<String> path = List.of(".pad", Long.toString(length));
      return new RawFile(path, List.of(), length, attributes, link, null);
    }
    List<BString> names =
        names(
            file.list("path.utf-8")
                .or(() -> file.list("path"))
                .orElseThrow(() -> fault("a file without a path")));
    return new RawFile(safe(names), names, length, attributes, link, null);
  }

  /** The files of a v2 tree (BEP 52), in its order, which is depth first. */
  List<RawFile> readV2(BDict info) throws MetainfoException {
    BDict tree = info.dict("file tree").orElseThrow(() -> fault("no file tree"));
    List<RawFile> files = new ArrayList<>();
    readFolder(tree, List.of(), files);
    if (files.isEmpty()) {
      throw new MetainfoException("no files");
    }
    return files;
  }

  /** Recursion is as deep as the reader of bencoding has allowed. */
  private void readFolder(BDict folder, List<BString> path, List<RawFile> files)
      throws MetainfoException {
    for (BDict.Entry entry : folder) {
      if (entry.key().length() == 0) {
        throw new MetainfoException("a folder with an empty name");
      }
      if (!(entry.value() instanceof BDict node)) {
        throw new MetainfoException("an entry of the file tree is not a dictionary");
      }
      List<BString> child = new ArrayList<>(path);
      child.add(entry.key());
      if (!node.has("")) {
        readFolder(node, child, files);
      } else if (node.size() == 1) {
        BDict file = node.dict("").orElseThrow(() -> fault("a file that is not a dictionary"));
        files.add(readLeaf(file, child));
        checkCount(files);
      } else {
        throw new MetainfoException("a file that is a folder too");
      }
    }
  }

  private RawFile readLeaf(BDict file, List<BString> names) throws MetainfoException {
    String attributes = file.text("attr").orElse("");
    if (attributes.indexOf('p') >= 0) {
      throw new MetainfoException("a padding file in the file tree");
    }
    List<String> link = link(file, attributes);
    long length = link == null ? length(file) : 0;
    BString root = length == 0 ? null : piecesRoot(file);
    return new RawFile(safe(names), names, length, attributes, link, root);
  }

  private static BString piecesRoot(BDict file) throws MetainfoException {
    BString root = file.string("pieces root").orElseThrow(() -> fault("a file without its root"));
    if (root.length() != ROOT_LENGTH || root.is(new byte[ROOT_LENGTH])) {
      throw new MetainfoException("a file with a root that is no hash");
    }
    return root;
  }

  private @Nullable List<String> link(BDict file, String attributes) throws MetainfoException {
    Optional<BList> target = file.list("symlink path");
    return attributes.indexOf('l') >= 0 && target.isPresent() ? safe(names(target.get())) : null;
  }

  private List<String> safe(List<BString> names) {
    return names.stream().map(name -> paths.element(name.bytes())).toList();
  }

  private static List<BString> names(BList elements) throws MetainfoException {
    List<BString> names = new ArrayList<>();
    for (BValue element : elements) {
      if (!(element instanceof BString name)) {
        throw new MetainfoException("a path element is not a string");
      }
      names.add(name);
      if (names.size() > MAX_DEPTH) {
        throw new MetainfoException("a path of more than " + MAX_DEPTH + " elements");
      }
    }
    if (names.isEmpty()) {
      throw new MetainfoException("an empty path");
    }
    return names;
  }

  private static long length(BDict file) throws MetainfoException {
    long length = file.integer("length").orElseThrow(() -> fault("a file without a length"));
    if (length < 0 || length > MAX_LENGTH) {
      throw new MetainfoException("a file of " + length + " bytes");
    }
    return length;
  }

  private static void checkCount(List<RawFile> files) throws MetainfoException {
    if (files.size() > MAX_FILES) {
      throw new MetainfoException("more than " + MAX_FILES + " files");
    }
  }

  private static MetainfoException fault(String message) {
    return new MetainfoException(message);
  }
}
