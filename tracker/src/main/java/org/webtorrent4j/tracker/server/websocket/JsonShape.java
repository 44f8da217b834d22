package org.webtorrent4j.tracker.server.websocket;

/** Looks at JSON before it is read: of the reader, not all versions set a bound to nesting. */
final class JsonShape {
  private JsonShape() {}

  /** The text up to where more than so many objects and arrays stand in each other. */
  static String shallow(int mostDepth, String json) {
    int depth = 0;
    boolean isText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (isText) {
        if (c == '\\') {
          i++;
        }
        isText = c != '"';
      } else if (c == '"') {
        isText = true;
      } else if (c == '{' || c == '[') {
        if (++depth > mostDepth) {
          return json.substring(0, i);
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return json;
  }
}
