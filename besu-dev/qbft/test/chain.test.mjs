import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, besuDev, bin, directory, ports, rpc, run, test } from './support.mjs';

async function chain(t) {
  const data = directory(t);
  const port = await ports(1);
  const env = { PATH: bin(t), HOME: data, SILLOK_CHAIN_DATA: data, SILLOK_CHAIN_PORT: String(port) };
  const call = (args, more = {}) => run(path.join(besuDev, 'chain'), args.split(' ').filter(Boolean), { ...env, ...more });
  after(t, () => call('down'));
  return { call, port, data };
}

test('goes on after down and up with the chain it had, and starts anew after reset', async (t) => {
  const c = await chain(t);
  const up = await c.call('up');
  assert.equal(up.code, 0, up.err);
  assert.match(up.out, /block \d+ .*chain id 1337/);
  const genesis = await rpc(c.port, 'eth_getBlockByNumber', ['0x0', false]);
  const one = await rpc(c.port, 'eth_getBlockByNumber', ['0x1', false]);
  assert.equal(Number(one.baseFeePerGas), 0);
  assert.deepEqual(await rpc(c.port, 'eth_accounts'), []);

  assert.equal((await c.call('down')).code, 0);
  assert.equal((await c.call('status')).code, 3);
  assert.equal((await c.call('up')).code, 0);
  assert.equal((await rpc(c.port, 'eth_getBlockByNumber', ['0x0', false])).hash, genesis.hash);
  assert.equal((await rpc(c.port, 'eth_getBlockByNumber', ['0x1', false])).hash, one.hash);
  const again = await c.call('up');
  assert.equal(again.code, 0);
  assert.match(again.err, /already up/);
  assert.equal((await c.call('status')).code, 0);

  assert.equal((await c.call('reset')).code, 0);
  assert.ok(!fs.existsSync(path.join(c.data, 'state.json')));
});

test('names the port that is taken', async (t) => {
  const c = await chain(t);
  const server = net.createServer().listen(c.port, '127.0.0.1');
  after(t, () => server.close());
  const up = await c.call('up');
  assert.equal(up.code, 1);
  assert.match(up.err, /is taken.*SILLOK_CHAIN_PORT/);
});

test('shows what anvil said when it stops at once', async (t) => {
  const c = await chain(t);
  fs.writeFileSync(path.join(c.data, 'state.json'), 'not a chain');
  const up = await c.call('up');
  assert.equal(up.code, 1);
  assert.match(up.err, /stopped by itself/);
  assert.equal((await c.call('status')).code, 3);
});

test('tells that anvil is missing, and ends with 2 when called wrongly', async (t) => {
  const c = await chain(t);
  const up = await c.call('up', { ANVIL: '/nowhere/anvil' });
  assert.equal(up.code, 1);
  assert.match(up.err, /there is no \/nowhere\/anvil/);
  for (const wrong of ['', 'sideways', 'up twice']) assert.equal((await c.call(wrong)).code, 2, wrong);
  assert.match((await c.call('--help')).out, /Usage: besu-dev\/chain/);
});
