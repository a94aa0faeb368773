import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, besuDev, bin, directory, here, ports, run, test } from './support.mjs';

const fakeBesu = path.join(here, 'fake-besu');
const fakeDocker = path.join(here, 'fake-docker');

/** A network of its own for a test, and down after it. */
async function network(t, env = {}, extra = { docker: fakeDocker }, script = path.join(besuDev, 'network')) {
  const data = directory(t);
  const rpcPort = await ports(4);
  const record = path.join(data, 'record');
  const all = {
    PATH: bin(t, extra),
    HOME: data,
    BESU: fakeBesu,
    FAKE_RECORD: record,
    SILLOK_NETWORK_DATA: path.join(data, 'network'),
    SILLOK_NETWORK_RPC_PORT: String(rpcPort),
    SILLOK_NETWORK_P2P_PORT: String(await ports(4)),
    SILLOK_NETWORK_WAIT: '90',
    ...env,
  };
  const call = (args, more = {}) => run(script, args.split(' ').filter(Boolean), { ...all, ...more });
  after(t, () => call('down'));
  return {
    call,
    rpcPort,
    env: all,
    data: all.SILLOK_NETWORK_DATA,
    record: () => (fs.existsSync(record) ? fs.readFileSync(record, 'utf8').trim().split('\n').map(JSON.parse) : []),
    docker: () => fs.readFileSync(`${record}.docker`, 'utf8'),
    pid: (n) => Number(fs.readFileSync(path.join(all.SILLOK_NETWORK_DATA, `validator${n}`, 'besu.pid'), 'utf8')),
  };
}

const gone = (pid) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

const allGone = async (pids) => {
  while (!pids.every(gone)) await new Promise((r) => setTimeout(r, 20));
};

const names = (args) => args.map((a) => a.split('=')[0]);

test('goes up, shows four validators, comes down and leaves no process', { timeout: 120_000 }, async (t) => {
  const n = await network(t);
  const up = await n.call('up --local');
  assert.equal(up.code, 0, up.err);
  for (const v of [1, 2, 3, 4]) {
    assert.match(up.out, new RegExp(`^${v} .*:${n.rpcPort + v - 1} +yes +3 +\\d+ +\\d+ s +1337$`, 'm'));
  }
  const pids = [1, 2, 3, 4].map(n.pid);
  const down = await n.call('down');
  assert.equal(down.code, 0, down.err);
  await allGone(pids);
  assert.equal((await n.call('status')).code, 3);
});

test('gives each validator its own key, ports and directory, and loopback only', async (t) => {
  const n = await network(t);
  await n.call('up --local');
  const started = n.record();
  assert.equal(started.length, 4);
  for (const own of ['--data-path', '--node-private-key-file', '--p2p-port', '--rpc-http-port']) {
    assert.equal(new Set(started.map((a) => a.find((x) => x.startsWith(`${own}=`)))).size, 4, own);
  }
  for (const args of started) {
    for (const host of ['rpc-http-host', 'p2p-host', 'p2p-interface']) assert.ok(args.includes(`--${host}=127.0.0.1`));
  }
});

test('starts the containers with the same options as the processes', async (t) => {
  const n = await network(t);
  await n.call('up --local');
  const local = names(n.record()[0]).sort();
  const compose = fs.readFileSync(path.join(besuDev, 'qbft/compose.yaml'), 'utf8');
  const command = names([...compose.matchAll(/^ +- (--\S+)/gm)].map((m) => m[1]));
  for (const v of [1, 2, 3, 4]) {
    const service = compose.split(`\n  validator${v}:\n`)[1].split('\n\n')[0];
    const variables = [...service.matchAll(/BESU_(P2P_\w+):/g)].map((m) => '--' + m[1].toLowerCase().replace('_', '-'));
    assert.deepEqual([...command, ...variables].sort(), local);
    assert.match(service, new RegExp(`ports: \\["127\\.0\\.0\\.1:\\$\\{SILLOK_RPC_${v}\\}:8545"\\]`));
    assert.match(service, new RegExp(`validator${v}/key:/etc/sillok/key:ro`));
  }
});

test('says that it is already up, and starts nothing twice', async (t) => {
  const n = await network(t);
  await n.call('up --local');
  const again = await n.call('up --local');
  assert.equal(again.code, 0);
  assert.match(again.err, /already up/);
  assert.equal(n.record().length, 4);
  const otherWay = await n.call('up');
  assert.equal(otherWay.code, 1);
  assert.match(otherWay.err, /down first/);
});

test('notices that it is half up, and refuses to go on from there', async (t) => {
  const n = await network(t);
  await n.call('up --local');
  process.kill(n.pid(3));
  await allGone([n.pid(3)]);
  const status = await n.call('status');
  assert.equal(status.code, 4);
  assert.match(status.out, /^3 .* no *$/m);
  const up = await n.call('up --local');
  assert.equal(up.code, 1);
  assert.match(up.err, /half up: 3 of 4/);
  assert.equal((await n.call('down')).code, 0);
});

test('leaves a process alone that has got the number of a validator', async (t) => {
  const n = await network(t);
  fs.mkdirSync(path.join(n.data, 'validator1'), { recursive: true });
  fs.writeFileSync(path.join(n.data, 'mode'), 'local\n');
  fs.writeFileSync(path.join(n.data, 'validator1', 'besu.pid'), `${process.pid}\n`);
  assert.equal((await n.call('status')).code, 3);
  assert.equal((await n.call('down')).code, 0);
  assert.ok(!gone(process.pid));
});

test('names the port that is taken, and starts nothing', async (t) => {
  const n = await network(t);
  const server = net.createServer().listen(n.rpcPort + 2, '127.0.0.1');
  after(t, () => server.close());
  const up = await n.call('up --local');
  assert.equal(up.code, 1);
  assert.match(up.err, new RegExp(`port ${n.rpcPort + 2} .* taken.*SILLOK_NETWORK_RPC_PORT`));
  assert.deepEqual(n.record(), []);
});

test('shows what a validator said that stops at once, and takes the others down', async (t) => {
  const n = await network(t, { FAKE_DIES: 'validator2' });
  const up = await n.call('up --local');
  assert.equal(up.code, 1);
  assert.match(up.err, /BindException/);
  assert.equal((await n.call('status')).code, 3);
});

test('stops waiting when no network forms in time, and leaves it to go on', async (t) => {
  const n = await network(t, { FAKE_PEERS: '0x0', SILLOK_NETWORK_WAIT: '2' });
  const up = await n.call('up --local');
  assert.equal(up.code, 1);
  assert.match(up.err, /no network after 2 s; missing: 1 \((block \d+, 0 of 3 peers|no answer yet)\)/);
  assert.ok(![1, 2, 3, 4].map(n.pid).some(gone));
});

test('stops at once when a port answers for another chain', async (t) => {
  const n = await network(t, { FAKE_CHAIN: '0x1' });
  const up = await n.call('up --local');
  assert.equal(up.code, 1);
  assert.match(up.err, /answers for chain 1, not for 1337/);
});

test('does not call a halted chain up', async (t) => {
  const n = await network(t, { FAKE_HEAD_AGE: '31', SILLOK_NETWORK_WAIT: '3' });
  const up = await n.call('up --local');
  assert.equal(up.code, 1, 'a chain that stands still is not up');
  assert.match(up.err, /no network after 3 s; missing: 1 \((block \d+, 3 of 3 peers|no answer yet)\)/);
});

test('tells a chain that halts later by the age of its newest block', async (t) => {
  const n = await network(t);
  const halt = path.join(n.env.HOME, 'halt');
  await n.call('up --local', { FAKE_HALT: halt });
  fs.writeFileSync(halt, '31');
  const status = await n.call('status');
  assert.equal(status.code, 4);
  assert.match(status.err, /newest block is 3\d s old/);
});

test('tells what is wrong with a Besu that is missing, too old, or has no JDK', async (t) => {
  const n = await network(t);
  for (const [env, message] of [
    [{ BESU: '/nowhere/besu' }, /not found: install Besu/],
    [{ FAKE_VERSION: '26.7.0' }, /is 26\.7\.0; 26\.7\.1 or newer/],
    [{ FAKE_VERSION: '25.12.9' }, /is 25\.12\.9; 26\.7\.1 or newer/],
    [{ FAKE_NO_JDK: '1' }, /needs a JDK 25/],
  ]) {
    const up = await n.call('up --local', env);
    assert.equal(up.code, 1);
    assert.match(up.err, message);
  }
  assert.deepEqual(n.record(), []);
  assert.equal((await n.call('up --local', { FAKE_VERSION: '26.10.0' })).code, 0, 'versions are numbers, not text');
});

test('tells which part of Docker is missing', async (t) => {
  const without = await network(t, {}, {});
  assert.match((await without.call('up')).err, /docker is not installed/);
  const n = await network(t);
  assert.match((await n.call('up', { FAKE_NO_COMPOSE: '1' })).err, /no compose plugin/);
  const engine = await n.call('up', { FAKE_NO_ENGINE: '1' });
  assert.match(engine.err, /engine does not answer/);
  assert.equal(engine.code, 1);
});

test('goes up with Docker, and reset takes the volumes with it', async (t) => {
  const n = await network(t);
  const up = await n.call('up');
  assert.equal(up.code, 0, up.err);
  assert.match((await n.call('logs 2')).out, /logs of the containers/);
  assert.match(n.docker(), /logs --tail 100 validator2/);
  assert.equal((await n.call('up --local')).code, 1, 'not beside the containers');
  assert.equal((await n.call('reset')).code, 0);
  assert.match(n.docker(), /--project-name sillok-network .*down --volumes/);
  assert.equal((await n.call('status')).code, 3);
});

test('keeps the chain at down and deletes it at reset', async (t) => {
  const n = await network(t);
  await n.call('up --local');
  const chain = path.join(n.data, 'validator1', 'database');
  fs.writeFileSync(chain, 'blocks');
  await n.call('down');
  assert.ok(fs.existsSync(chain));
  assert.equal((await n.call('reset')).code, 0);
  assert.ok(!fs.existsSync(chain));
});

test('refuses to use its keys for any chain but the development chain', async (t) => {
  for (const [file, from, to] of [
    ['genesis.json', '"chainId": 1337', '"chainId": 2026'],
    ['genesis.json', '"chainId": 1337', '"chainId": 13370'],
    ['besu.toml', 'network-id=1337', 'network-id=1'],
  ]) {
    const copy = directory(t);
    for (const part of ['network', 'shell.sh', 'qbft']) {
      fs.cpSync(path.join(besuDev, part), path.join(copy, part), { recursive: true });
    }
    const changed = path.join(copy, 'qbft', file);
    const before = fs.readFileSync(changed, 'utf8');
    assert.ok(before.includes(from));
    fs.writeFileSync(changed, before.replace(from, to));
    const n = await network(t, {}, { docker: fakeDocker }, path.join(copy, 'network'));
    for (const how of ['up --local', 'up']) {
      const up = await n.call(how);
      assert.equal(up.code, 1);
      assert.match(up.err, /refused/);
    }
    assert.deepEqual(n.record(), []);
    assert.ok(!fs.existsSync(path.join(n.data, 'validator1', 'key')));
  }
});

test('explains itself, and ends with 2 when called wrongly', async (t) => {
  const n = await network(t);
  for (const help of ['--help', '-h', 'up --help']) {
    const said = await n.call(help);
    assert.equal(said.code, 0);
    assert.match(said.out, /Usage: besu-dev\/network/);
  }
  for (const wrong of ['', 'sideways', 'up --remote', 'up --local twice', 'down now', 'logs 5']) {
    const said = await n.call(wrong);
    assert.equal(said.code, 2, wrong);
    assert.equal(said.out, '');
  }
  assert.equal((await n.call('status', { SILLOK_NETWORK_RPC_PORT: '70000' })).code, 2);
  assert.equal((await n.call('status', { SILLOK_NETWORK_WAIT: '1; rm -rf /' })).code, 2);
  assert.equal((await n.call('logs')).code, 1, 'nothing started yet');
});
