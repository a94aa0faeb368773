// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRules} from "./LedgerRules.sol";

/// @title What form the ledger's values have
/// @notice The same forms as the Java value types, so that nobody can write what others cannot read. URLs are narrower
/// than there: a host is a name or an IPv4 address, and everything is ASCII.
library Forms {
  uint256 private constant LARGEST_SIZE = 2 ** 53 - 1;
  uint256 private constant NEVER = 2 ** 63 - 1;
  /// Seconds to the last instant that Java knows, in the year 1,000,000,000.
  uint256 private constant LARGEST_TIME = 31556889864403199;

  /// @notice 1 to 32 of a-z 0-9 . -, not starting with . or -, then zeros.
  function requireHospitalId(bytes32 id) internal pure {
    bool ended = false;
    for (uint256 i = 0; i < 32; i++) {
      bytes1 c = id[i];
      if (c == 0 && i > 0) {
        ended = true;
      } else {
        require_(!ended && (_isLower(c) || _isDigit(c) || (i > 0 && (c == "." || c == "-"))), "id");
      }
    }
  }

  /// @notice UTF-8, 1 to 200 UTF-16 units, not only white space.
  function requireName(string memory name) internal pure {
    bytes memory text = bytes(name);
    uint256 units = 0;
    bool blank = true;
    for (uint256 i = 0; i < text.length;) {
      (uint256 point, uint256 next) = _codePoint(text, i, "name");
      units += point > 0xffff ? 2 : 1;
      blank = blank && _isWhiteSpace(point);
      i = next;
    }
    require_(!blank && units <= 200, "name");
  }

  /// @notice UTF-8 of at most 16384 bytes.
  function requireTokenKeys(bytes memory keys) internal pure {
    require_(keys.length <= 16384, "tokenKeys");
    for (uint256 i = 0; i < keys.length;) {
      (, i) = _codePoint(keys, i, "tokenKeys");
    }
  }

  /// @notice origin+8 hex digits+base64, with an origin of 1 to 255 characters without white space and control.
  function requireVkey(string memory vkey) internal pure {
    bytes memory text = bytes(vkey);
    uint256 i = 0;
    uint256 points = 0;
    while (i < text.length && text[i] != "+") {
      (uint256 point, uint256 next) = _codePoint(text, i, "logVkey");
      require_(point > 0x20 && point != 0x7f, "logVkey");
      points++;
      i = next;
    }
    require_(points > 0 && points < 256 && text.length > i + 10 && text[i + 9] == "+", "logVkey");
    for (uint256 j = i + 1; j < i + 9; j++) {
      require_(_isDigit(text[j]) || (text[j] >= "a" && text[j] <= "f"), "logVkey");
    }
    uint256 start = i + 10;
    uint256 end = text.length;
    for (uint256 j = 0; j < 2 && text[end - 1] == "="; j++) {
      end--;
    }
    require_(end >= start + 4 && end <= start + 120, "logVkey");
    for (uint256 j = start; j < end; j++) {
      require_(_isAlphanumeric(text[j]) || text[j] == "+" || text[j] == "/", "logVkey");
    }
  }

  /// @notice The part of a verifier key before the first plus sign.
  function origin(string memory vkey) internal pure returns (string memory) {
    bytes memory text = bytes(vkey);
    uint256 length = 0;
    while (text[length] != "+") {
      length++;
    }
    bytes memory start = new bytes(length);
    for (uint256 i = 0; i < length; i++) {
      start[i] = text[i];
    }
    return string(start);
  }

  /// @notice http(s) URL of at most 500 characters: host, perhaps a port, perhaps a path.
  function requireUrl(string memory url) internal pure {
    bytes memory text = bytes(url);
    require_(text.length <= 500, "fhirBaseUrl");
    uint256 start = _startsWith(text, "https://") ? 8 : 7;
    require_(start == 8 || _startsWith(text, "http://"), "fhirBaseUrl");
    uint256 end = start;
    while (end < text.length && text[end] != ":" && text[end] != "/") {
      end++;
    }
    _requireHost(text, start, end);
    if (end < text.length && text[end] == ":") {
      uint256 port = ++end;
      while (end < text.length && _isDigit(text[end])) {
        end++;
      }
      require_(end > port && end <= port + 5, "fhirBaseUrl");
    }
    require_(end == text.length || text[end] == "/", "fhirBaseUrl");
    _requirePath(text, end);
  }

  /// @notice A size that JSON numbers can hold.
  function requireSize(uint64 size) internal pure {
    require_(size <= LARGEST_SIZE, "size");
  }

  /// @notice A second that Java's Instant knows, or never.
  function requireExpiry(uint64 expiry) internal pure {
    require_(expiry <= LARGEST_TIME || expiry == NEVER, "expiry");
  }

  /// @notice Refuses the value of this name unless it has its form.
  function require_(bool formed, string memory what) internal pure {
    if (!formed) {
      revert LedgerRules.ValueMalformed(what);
    }
  }

  /// Labels of letters, digits and inner hyphens; the last one starts with a letter (RFC 2396 §3.2.2), or four numbers.
  function _requireHost(bytes memory text, uint256 from, uint256 to) private pure {
    uint256 start = from;
    uint256 labels = 0;
    uint256 numbers = 0;
    bool named = false;
    for (uint256 i = from; i <= to; i++) {
      if (i == to || text[i] == ".") {
        require_(i > start && text[start] != "-" && text[i - 1] != "-", "fhirBaseUrl");
        labels++;
        named = !_isDigit(text[start]);
        numbers += _isByte(text, start, i) ? 1 : 0;
        start = i + 1;
      } else {
        require_(_isAlphanumeric(text[i]) || text[i] == "-", "fhirBaseUrl");
      }
    }
    require_(named || (labels == 4 && numbers == 4), "fhirBaseUrl");
  }

  /// Unreserved characters, escapes and what else a path may have (RFC 2396 §3.3).
  function _requirePath(bytes memory text, uint256 from) private pure {
    bytes memory marks = "-_.!~*'():@&=+$,;/";
    for (uint256 i = from; i < text.length; i++) {
      bool escape = text[i] == "%" && i + 2 < text.length && _isHex(text[i + 1]) && _isHex(text[i + 2]);
      require_(escape || _isAlphanumeric(text[i]) || _contains(marks, text[i]), "fhirBaseUrl");
    }
  }

  /// The code point at i and where the next one starts; strict UTF-8 (RFC 3629 §4).
  function _codePoint(bytes memory text, uint256 i, string memory what)
    private
    pure
    returns (uint256 point, uint256 next)
  {
    uint256 lead = uint8(text[i]);
    if (lead < 0x80) {
      return (lead, i + 1);
    }
    uint256 more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    require_(lead >= 0xc2 && lead <= 0xf4 && i + more < text.length, what);
    point = lead & (0x3f >> more);
    next = i + 1 + more;
    for (uint256 j = i + 1; j < next; j++) {
      require_(uint8(text[j]) & 0xc0 == 0x80, what);
      point = (point << 6) | (uint8(text[j]) & 0x3f);
    }
    bool shortest = more == 1 || point >= (more == 2 ? 0x800 : 0x10000);
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    require_(shortest && !surrogate && point <= 0x10ffff, what);
  }

  /// As Java's Character.isWhitespace has it.
  function _isWhiteSpace(uint256 c) private pure returns (bool) {
    return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x1680 || (c >= 0x2000 && c <= 0x200a && c != 0x2007)
      || c == 0x2028 || c == 0x2029 || c == 0x205f || c == 0x3000;
  }

  function _isByte(bytes memory text, uint256 from, uint256 to) private pure returns (bool) {
    uint256 number = 0;
    for (uint256 i = from; i < to; i++) {
      if (!_isDigit(text[i])) {
        return false;
      }
      number = number * 10 + uint8(text[i]) - 48;
    }
    return to - from <= 3 && number <= 255;
  }

  function _startsWith(bytes memory text, bytes memory start) private pure returns (bool) {
    for (uint256 i = 0; i < start.length; i++) {
      if (i == text.length || text[i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  function _contains(bytes memory set, bytes1 c) private pure returns (bool) {
    for (uint256 i = 0; i < set.length; i++) {
      if (set[i] == c) {
        return true;
      }
    }
    return false;
  }

  function _isLower(bytes1 c) private pure returns (bool) {
    return c >= "a" && c <= "z";
  }

  function _isDigit(bytes1 c) private pure returns (bool) {
    return c >= "0" && c <= "9";
  }

  function _isHex(bytes1 c) private pure returns (bool) {
    return _isDigit(c) || (c >= "a" && c <= "f") || (c >= "A" && c <= "F");
  }

  function _isAlphanumeric(bytes1 c) private pure returns (bool) {
    return _isLower(c) || _isDigit(c) || (c >= "A" && c <= "Z");
  }
}
