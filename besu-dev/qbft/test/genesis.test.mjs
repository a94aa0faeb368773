import assert from 'node:assert/strict';
import { createECDH, createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import sha3 from 'js-sha3';
import { besuDev } from './support.mjs';

const qbft = (file) => fs.readFileSync(path.join(besuDev, 'qbft', file), 'utf8');
const genesis = JSON.parse(qbft('genesis.json'));
const listed = qbft('validators').split('\n').filter((l) => /^\d/.test(l)).map((l) => l.split(' '));

/** RLP, read strictly: [item, rest]. An item is a Buffer or an array of items. */
function read(bytes) {
  const first = bytes[0];
  if (first < 0x80) return [bytes.subarray(0, 1), bytes.subarray(1)];
  const list = first >= 0xc0;
  let size = first - (list ? 0xc0 : 0x80);
  let start = 1;
  if (size > 55) {
    start += size - 55;
    size = parseInt(bytes.subarray(1, start).toString('hex'), 16);
    assert.ok(size > 55, 'a long form for a short item');
  }
  const body = bytes.subarray(start, start + size);
  assert.equal(body.length, size, 'cut short');
  const rest = bytes.subarray(start + size);
  if (!list) return [body, rest];
  const items = [];
  for (let left = body; left.length > 0; ) {
    const [item, next] = read(left);
    items.push(item);
    left = next;
  }
  return [items, rest];
}

test('the genesis block names the four validators as QBFT wants them', () => {
  const [extra, rest] = read(Buffer.from(genesis.extraData.slice(2), 'hex'));
  assert.equal(rest.length, 0);
  assert.equal(extra.length, 5);
  const [vanity, validators, vote, round, seals] = extra;
  assert.deepEqual(vanity, Buffer.alloc(32));
  assert.deepEqual(validators.map((v) => '0x' + v.toString('hex')), listed.map((l) => l[1]).sort());
  assert.deepEqual(vote, []);
  assert.deepEqual(round, Buffer.alloc(0));
  assert.deepEqual(seals, []);
});

test('the listed addresses and public keys belong to the keys that the script makes', () => {
  assert.deepEqual(listed.map((l) => l[0]), ['1', '2', '3', '4']);
  for (const [n, address, publicKey] of listed) {
    const pair = createECDH('secp256k1');
    pair.setPrivateKey(createHash('sha256').update(`Sillok development network, validator ${n}`).digest());
    const point = pair.getPublicKey().subarray(1);
    assert.equal(publicKey, point.toString('hex'));
    assert.equal(address, '0x' + sha3.keccak256(point).slice(24));
  }
});

test('nobody owns money on the chain, and nothing costs any', () => {
  assert.deepEqual(genesis.alloc, {});
  assert.equal(genesis.config.zeroBaseFee, true);
  assert.equal(genesis.baseFeePerGas, '0x0');
  assert.match(qbft('besu.toml'), /^min-gas-price=0$/m);
});
