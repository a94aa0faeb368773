// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProofs} from "../contracts/MerkleProofs.sol";
import {NaiveTree} from "./NaiveTree.sol";
import {vm} from "./Vm.sol";

/// The verifier against the recursion of RFC 6962, and far more proofs that must fail than proofs that must pass.
contract MerkleProofsTest {
  bytes32 private constant WRONG = keccak256("wrong");
  NaiveTree private trees;

  struct Case {
    uint64 first;
    bytes32 firstRoot;
    uint64 second;
    bytes32 secondRoot;
    bytes32[] path;
  }

  function setUp() public {
    trees = new NaiveTree();
  }

  function isExtension(Case calldata c) external pure returns (bool) {
    return MerkleProofs.isExtension(c.first, c.firstRoot, c.second, c.secondRoot, c.path);
  }

  function isIncluded(uint64 index, bytes32 leaf, uint64 size, bytes32 root, bytes32[] calldata path)
    external
    pure
    returns (bool)
  {
    return MerkleProofs.isIncluded(index, leaf, size, root, path);
  }

  function test_theEmptyTree() public pure {
    vm.assertEq(MerkleProofs.EMPTY_ROOT, sha256(""));
  }

  function test_consistencyOfAllSizesUpTo64() public view {
    for (uint64 second = 2; second <= 64; second++) {
      for (uint64 first = 1; first < second; first++) {
        this.consistent(_case("small", first, second, true));
      }
    }
  }

  function test_consistencyRefusesEveryDamageForAllSizesUpTo17() public view {
    for (uint64 second = 2; second <= 17; second++) {
      for (uint64 first = 1; first < second; first++) {
        this.damaged(_case("small", first, second, true));
      }
    }
  }

  function test_consistencyOfLargeTrees(uint64 a, uint64 b, bytes32 seed) public view {
    uint64 first = 1 + (a % (2 ** 53 - 2));
    uint64 second = first + 1 + (b % (2 ** 53 - 1 - first));
    Case memory c = _case(seed, first, second, false);
    this.consistent(c);
    this.damaged(c);
  }

  function test_consistencyOfTreesThatGrowALittle(uint24 a, uint8 b, bytes32 seed) public view {
    uint64 first = 1 + uint64(a);
    Case memory c = _case(seed, first, first + 1 + b, false);
    this.consistent(c);
    this.damaged(c);
  }

  function test_consistencyRefusesMadeUpProofs(
    uint64 first,
    uint64 second,
    bytes32 firstRoot,
    bytes32 secondRoot,
    bytes32[] calldata path
  ) public view {
    vm.assume(first > 0 && second > first && firstRoot != secondRoot);
    vm.assertFalse(this.isExtension(Case(first, firstRoot, second, secondRoot, path)));
  }

  function test_consistencyRefusesAnEndlessPathSoon() public view {
    bytes32[] memory path = new bytes32[](10_000);
    uint256 before = gasleft();
    vm.assertFalse(this.isExtension(Case(1, WRONG, 2 ** 53 - 1, WRONG, path)));
    vm.assertLe(before - gasleft(), 2_000_000, "gas, nearly all of it for passing the path on");
  }

  /// Whoever publishes chooses the root freely, so that only the length of the path ties it to the size.
  function test_consistencyRefusesAnotherSizeWhosePathIsLongerOrShorter() public view {
    for (uint64 second = 2; second <= 12; second++) {
      for (uint64 first = 1; first < second; first++) {
        this.tiedToItsSize(_case("small", first, second, true));
      }
    }
  }

  function test_inclusionRefusesAnotherSizeWhosePathIsLongerOrShorter() public view {
    for (uint64 size = 1; size <= 12; size++) {
      for (uint64 index = 0; index < size; index++) {
        this.includedInItsSize(index, size);
      }
    }
  }

  function test_inclusionOfAllPlacesUpTo33() public view {
    for (uint64 size = 1; size <= 33; size++) {
      for (uint64 index = 0; index < size; index++) {
        this.included("small", index, size, true);
      }
    }
  }

  function test_inclusionInLargeTrees(uint64 a, uint64 b, bytes32 seed) public view {
    uint64 size = 1 + (a % (2 ** 53 - 1));
    this.included(seed, b % size, size, false);
  }

  function test_inclusionRefusesAPlaceBeyondTheTree(uint64 size, uint64 more) public view {
    bytes32[] memory none = new bytes32[](0);
    vm.assertFalse(this.isIncluded(0, WRONG, 0, WRONG, none));
    vm.assume(more < type(uint64).max - size);
    vm.assertFalse(this.isIncluded(size + more, WRONG, size, WRONG, none));
    vm.assertFalse(this.isIncluded(type(uint64).max, WRONG, size, WRONG, none));
  }

  function consistent(Case calldata c) external view {
    vm.assertTrue(this.isExtension(c), _name(c));
  }

  /// Every way to damage the proof or a root, one at a time.
  function damaged(Case memory c) external view {
    bytes32[] memory path = c.path;
    _refused(Case(c.first, WRONG, c.second, c.secondRoot, path));
    _refused(Case(c.first, c.firstRoot, c.second, WRONG, path));
    _refused(Case(c.first, c.secondRoot, c.second, c.firstRoot, path));
    _refused(Case(c.first, c.firstRoot, c.second, c.firstRoot, path));
    _refused(Case(c.first, c.secondRoot, c.second, c.secondRoot, path));
    _refused(_with(c, _slice(path, 0, path.length - 1)));
    _refused(_with(c, _slice(path, 1, path.length)));
    _refused(_with(c, new bytes32[](0)));
    _refused(_with(c, _insert(path, 0, WRONG)));
    _refused(_with(c, _insert(path, path.length, WRONG)));
    _refused(_with(c, _insert(path, path.length, c.firstRoot)));
    _refused(_with(c, _insert(path, 0, path[0])));
    for (uint256 i = 0; i < path.length; i++) {
      _refused(_with(c, _replace(path, i, WRONG)));
      _refused(_with(c, _replace(path, i, path[i] ^ bytes32(uint256(1)))));
      if (i > 0) {
        _refused(_with(c, _swap(path, i - 1, i)));
      }
    }
  }

  function tiedToItsSize(Case memory c) external view {
    for (uint64 other = c.first + 1; other <= 33; other++) {
      if (trees.consistency("other", c.first, other, false).length != c.path.length) {
        _refused(Case(c.first, c.firstRoot, other, c.secondRoot, c.path));
      }
    }
  }

  function includedInItsSize(uint64 index, uint64 size) external view {
    bytes32[] memory path = trees.inclusion("small", index, size, true);
    bytes32 root = trees.root("small", size, index, true);
    for (uint64 other = index + 1; other <= 33; other++) {
      if (trees.inclusion("other", index, other, false).length != path.length) {
        vm.assertFalse(this.isIncluded(index, trees.leaf("small", index), other, root, path));
      }
    }
  }

  function included(bytes32 seed, uint64 index, uint64 size, bool toLeaves) external view {
    bytes32 leaf = trees.leaf(seed, index);
    bytes32 root = trees.root(seed, size, index, toLeaves);
    bytes32[] memory path = trees.inclusion(seed, index, size, toLeaves);
    vm.assertTrue(this.isIncluded(index, leaf, size, root, path));
    vm.assertFalse(this.isIncluded(index, WRONG, size, root, path));
    vm.assertFalse(this.isIncluded(index, leaf, size, WRONG, path));
    vm.assertFalse(this.isIncluded(size, leaf, size, root, path));
    vm.assertFalse(this.isIncluded(index, leaf, size, root, _insert(path, path.length, WRONG)));
    vm.assertFalse(this.isIncluded(index, leaf, size, root, _insert(path, 0, WRONG)));
    for (uint256 i = 0; i < path.length; i++) {
      vm.assertFalse(this.isIncluded(index, leaf, size, root, _replace(path, i, WRONG)));
    }
    if (path.length > 0) {
      vm.assertFalse(this.isIncluded(index, leaf, size, root, _slice(path, 0, path.length - 1)));
      vm.assertFalse(this.isIncluded(index, leaf, size, root, _slice(path, 1, path.length)));
      vm.assertFalse(this.isIncluded(index ^ 1, leaf, size, root, path));
    }
  }

  function _case(bytes32 seed, uint64 first, uint64 second, bool toLeaves) private view returns (Case memory) {
    return Case({
      first: first,
      firstRoot: trees.root(seed, first, first, toLeaves),
      second: second,
      secondRoot: trees.root(seed, second, first, toLeaves),
      path: trees.consistency(seed, first, second, toLeaves)
    });
  }

  function _refused(Case memory c) private view {
    vm.assertFalse(this.isExtension(c), _name(c));
  }

  function _with(Case memory c, bytes32[] memory path) private pure returns (Case memory) {
    return Case(c.first, c.firstRoot, c.second, c.secondRoot, path);
  }

  function _slice(bytes32[] memory path, uint256 start, uint256 end) private pure returns (bytes32[] memory part) {
    part = new bytes32[](end - start);
    for (uint256 i = 0; i < part.length; i++) {
      part[i] = path[start + i];
    }
  }

  function _insert(bytes32[] memory path, uint256 place, bytes32 hash) private pure returns (bytes32[] memory longer) {
    longer = new bytes32[](path.length + 1);
    for (uint256 i = 0; i < longer.length; i++) {
      longer[i] = i < place ? path[i] : i == place ? hash : path[i - 1];
    }
  }

  function _replace(bytes32[] memory path, uint256 place, bytes32 hash) private pure returns (bytes32[] memory other) {
    other = _slice(path, 0, path.length);
    other[place] = hash;
  }

  function _swap(bytes32[] memory path, uint256 i, uint256 j) private pure returns (bytes32[] memory other) {
    other = _slice(path, 0, path.length);
    (other[i], other[j]) = (path[j], path[i]);
  }

  function _name(Case memory c) private pure returns (string memory) {
    return string.concat(_decimal(c.first), " to ", _decimal(c.second), ", path of ", _decimal(c.path.length));
  }

  function _decimal(uint256 number) private pure returns (string memory) {
    bytes1 digit = bytes1(uint8(48 + (number % 10)));
    return number < 10
      ? string(abi.encodePacked(digit))
      : string.concat(_decimal(number / 10), string(abi.encodePacked(digit)));
  }
}
