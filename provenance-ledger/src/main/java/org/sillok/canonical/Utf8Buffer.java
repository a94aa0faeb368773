package org.sillok.canonical;

import java.util.Arrays;

/** Growing UTF-8 output with the string form of RFC 8785 §3.2.2.2. */
final class Utf8Buffer {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int LONGEST = 6;

  private byte[] bytes;
  private byte[] scratch = {};
  private int length;

  Utf8Buffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void putAscii(char[] text, int offset, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text[offset + i];
    }
  }

  /** Ends a list whose every member was followed by a comma. */
  void close(char open, char close) {
    if (bytes[length - 1] == open) {
      put(close);
    } else {
      bytes[length - 1] = (byte) close;
    }
  }

  /**
   * @return whether {@code text} is well-formed UTF-16; if not, the buffer is of no more use
   */
  boolean putString(char[] text, int offset, int count) {
    put('"');
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      reserve(LONGEST);
      char c = text[i];
      if (c < 0x80) {
        putEscaped(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xc0 | c >> 6);
        continuation(c);
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xe0 | c >> 12);
        continuation(c >> 6);
        continuation(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text[i + 1])) {
        int point = Character.toCodePoint(c, text[++i]);
        bytes[length++] = (byte) (0xf0 | point >> 18);
        continuation(point >> 12);
        continuation(point >> 6);
        continuation(point);
      } else {
        return false;
      }
    }
    put('"');
    return true;
  }

  /** Puts the ranges {@code [starts, end)} of this buffer's tail into the order of the members. */
  void reorder(int tail, Member[] members, int from, int to) {
    int size = length - tail;
    if (scratch.length < size) {
      scratch = new byte[Math.max(size, 2 * scratch.length)];
    }
    int position = 0;
    for (int i = from; i < to; i++) {
      Member member = members[i];
      System.arraycopy(bytes, member.start(), scratch, position, member.end() - member.start());
      position += member.end() - member.start();
    }
    System.arraycopy(scratch, 0, bytes, tail, size);
  }

  private void putEscaped(char c) {
    if (c >= 0x20 && c != '"' && c != '\\') {
      bytes[length++] = (byte) c;
      return;
    }
    bytes[length++] = '\\';
    switch (c) {
      case '\b' -> bytes[length++] = 'b';
      case '\t' -> bytes[length++] = 't';
      case '\n' -> bytes[length++] = 'n';
      case '\f' -> bytes[length++] = 'f';
      case '\r' -> bytes[length++] = 'r';
      case '"', '\\' -> bytes[length++] = (byte) c;
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xf];
      }
    }
  }

  private void continuation(int bits) {
    bytes[length++] = (byte) (0x80 | bits & 0x3f);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** Where an object's member stands, with the comma behind it. */
  record Member(String name, int start, int end) {}
}
