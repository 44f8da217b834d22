package org.webtorrent4j.examples.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the page: ours, which are part of the program, and webtorrent.js, which is not. */
public final class WebFiles {
  /** The system property that names the folder with webtorrent.js. */
  public static final String FOLDER_PROPERTY = "webtorrent.web";

  private static final List<String> OURS =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "app.js",
          "swarm.js",
          "state.js",
          "view.js",
          "peers.js",
          "pieces.js",
          "stage.js",
          "store.js",
          "files.js",
          "save.js",
          "links.js",
          "text.js",
          "sha1.js");

  private static final List<String> THEIRS =
      List.of("webtorrent.min.js", "sw.min.js", "webtorrent.LICENSE.txt");

  private WebFiles() {}

  /**
   * Reads them all, keyed by their paths; the page itself is {@code /}.
   *
   * @param folder where webtorrent.js is
   * @throws FileNotFoundException if it is not there; the message says what to do
   */
  public static Map<String, Resource> load(Path folder) throws IOException {
    Map<String, Resource> files = new HashMap<>();
    for (String name : OURS) {
      try (InputStream in = WebFiles.class.getResourceAsStream("/web/" + name)) {
        if (in == null) {
          throw new IllegalStateException("the program lacks its web/" + name);
        }
        files.put(pathOf(name), Resource.fixed(typeOf(name), in.readAllBytes()));
      }
    }
    for (String name : THEIRS) {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new FileNotFoundException(
            file + " is missing: run examples/web/fetch.sh, or use ./webtorrent, which does so");
      }
      files.put(pathOf(name), Resource.fixed(typeOf(name), Files.readAllBytes(file)));
    }
    return files;
  }

  private static String pathOf(String name) {
    return name.equals("index.html") ? "/" : "/" + name;
  }

  private static String typeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "text/html; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }
}
