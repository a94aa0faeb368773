package org.sillok.canonical;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.canonical.Utf8Buffer.Member;

/**
 * Copies one JSON object from the parser to a buffer in one pass: an object's members are written
 * as they come and put in order when it ends, so no tree is built.
 */
final class Canonicaliser {

  /** What stands beside a stored text, and goes before what the text itself says of it. */
  record Beside(String id, Labels labels) {}

  private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

  private final JsonParser in;
  private final @Nullable Beside beside;
  private final Utf8Buffer out;
  private Member[] members = new Member[64];
  private int count;

  Canonicaliser(JsonParser in, int capacity, @Nullable Beside beside) {
    this.in = in;
    this.beside = beside;
    this.out = new Utf8Buffer(capacity);
  }

  byte[] resource() throws IOException, CanonicalFormException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw wrong("a resource is an object, this is not");
    }
    boolean hasId = false;
    boolean hasMeta = false;
    out.put('{');
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      if (name.equals("meta")) {
        hasMeta = true;
        Labels own = new MetaReader(in).labels();
        if (beside != null && !own.isEmpty() && !own.equals(beside.labels())) {
          throw wrong("the text has labels of its own, which a read would show");
        }
        meta(own.isEmpty() && beside != null ? beside.labels() : own);
      } else if (name.equals("id") && beside != null) {
        hasId = true;
        in.skipChildren();
        id(beside.id());
      } else {
        member(name);
      }
    }
    if (beside != null && !hasId) {
      id(beside.id());
    }
    if (beside != null && !hasMeta) {
      meta(beside.labels());
    }
    close(0, 1);
    if (in.nextToken() != null) {
      throw wrong("there is more after the resource");
    }
    return out.toBytes();
  }

  private void value() throws IOException, CanonicalFormException {
    switch (in.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> string(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
      default -> out.putAscii(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
    }
  }

  private void object() throws IOException, CanonicalFormException {
    int base = count;
    out.put('{');
    int start = out.length();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      member(name);
    }
    close(base, start);
  }

  private void array() throws IOException, CanonicalFormException {
    out.put('[');
    while (in.nextToken() != JsonToken.END_ARRAY) {
      value();
      out.put(',');
    }
    out.close('[', ']');
  }

  private void member(String name) throws IOException, CanonicalFormException {
    int start = out.length();
    name(name);
    value();
    end(name, start);
  }

  private void id(String id) throws CanonicalFormException {
    int start = out.length();
    name("id");
    string(id);
    end("id", start);
  }

  /** Also when nothing is to be written the member is kept in mind, to notice a second one. */
  private void meta(Labels labels) throws CanonicalFormException {
    int start = out.length();
    if (labels.isEmpty()) {
      push("meta", start);
      return;
    }
    name("meta");
    out.put('{');
    if (!labels.profiles().isEmpty()) {
      name("profile");
      out.put('[');
      for (String profile : labels.profiles()) {
        string(profile);
        out.put(',');
      }
      out.close('[', ']');
      out.put(',');
    }
    codings("security", labels.security());
    codings("tag", labels.tags());
    out.close('{', '}');
    end("meta", start);
  }

  private void codings(String name, List<Labels.Coding> codings) throws CanonicalFormException {
    if (codings.isEmpty()) {
      return;
    }
    name(name);
    out.put('[');
    for (Labels.Coding coding : codings) {
      out.put('{');
      optional("code", coding.code());
      optional("system", coding.system());
      out.close('{', '}');
      out.put(',');
    }
    out.close('[', ']');
    out.put(',');
  }

  private void optional(String name, @Nullable String value) throws CanonicalFormException {
    if (value != null) {
      name(name);
      string(value);
      out.put(',');
    }
  }

  private void name(String name) throws CanonicalFormException {
    string(name);
    out.put(':');
  }

  private void string(String text) throws CanonicalFormException {
    string(text.toCharArray(), 0, text.length());
  }

  private void string(char[] text, int offset, int length) throws CanonicalFormException {
    if (!out.putString(text, offset, length)) {
      throw wrong("a string has half of a surrogate pair");
    }
  }

  private void end(String name, int start) {
    out.put(',');
    push(name, start);
  }

  private void push(String name, int start) {
    if (count == members.length) {
      members = Arrays.copyOf(members, 2 * count);
    }
    members[count++] = new Member(name, start, out.length());
  }

  /** Ends an object whose members are those from {@code base} on and begin at {@code start}. */
  private void close(int base, int start) throws CanonicalFormException {
    boolean moved = false;
    for (int i = base + 1; i < count; i++) {
      moved |= BY_NAME.compare(members[i - 1], members[i]) >= 0;
    }
    if (moved) {
      Arrays.sort(members, base, count, BY_NAME);
      for (int i = base + 1; i < count; i++) {
        if (members[i].name().equals(members[i - 1].name())) {
          throw wrong("member \"" + members[i].name() + "\" is there twice");
        }
      }
      out.reorder(start, members, base, count);
    }
    count = base;
    out.close('{', '}');
  }

  private CanonicalFormException wrong(String what) {
    return new CanonicalFormException(what + ", at " + where(in));
  }

  static String where(JsonParser in) {
    String pointer = in.getParsingContext().pathAsPointer().toString();
    return pointer.isEmpty() ? "the top" : pointer;
  }
}
