// Runs the scripts with settings of the test's own, so that nothing of the machine's gets in.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import nodeTest from 'node:test';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const besuDev = path.resolve(here, '../..');

/** For tests of shell scripts: there is no shell for them on Windows. */
export const test = process.platform === 'win32' ? nodeTest.skip : nodeTest;

/** What the scripts may use, and nothing else: no docker, no besu, unless a test adds it. */
const TOOLS = ['awk', 'bash', 'cat', 'chmod', 'curl', 'cut', 'date', 'dirname', 'env', 'grep', 'head', 'mkdir', 'node',
  'nohup', 'ps', 'rm', 'sed', 'sha256sum', 'shasum', 'sleep', 'tail', 'touch', 'tr'];

const cleanups = new WeakMap();

/** Has `clean` run after the test; what came last goes first, so that a directory outlives what runs in it. */
export function after(t, clean) {
  if (!cleanups.has(t)) {
    cleanups.set(t, []);
    t.after(async () => {
      for (const next of cleanups.get(t).reverse()) await next();
    });
  }
  cleanups.get(t).push(clean);
}

export function directory(t) {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'sillok-'));
  after(t, () => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A directory for PATH with the tools and with `extra` (name to file). */
export function bin(t, extra = {}) {
  const made = directory(t);
  for (const tool of TOOLS) {
    const found = process.env.PATH.split(path.delimiter).map((d) => path.join(d, tool)).find((f) => fs.existsSync(f));
    if (found) fs.symlinkSync(tool === 'node' ? process.execPath : found, path.join(made, tool));
  }
  for (const [name, file] of Object.entries(extra)) fs.symlinkSync(file, path.join(made, name));
  return made;
}

const free = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

// Below the ports that the system hands out by itself; other test processes begin elsewhere.
let next = 20000 + (process.pid % 3000) * 4;

/** The first of `count` neighbouring ports that are free now, none given out before. */
export async function ports(count) {
  for (;;) {
    const first = next;
    next = next + count > 32700 ? 20000 : next + count;
    const all = await Promise.all(Array.from({ length: count }, (_, i) => free(first + i)));
    if (all.every(Boolean)) return first;
  }
}

/** Runs a script to its end: { code, out, err }. */
export function run(script, args, env) {
  return new Promise((resolve) => {
    const child = spawn(script, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (err += d));
    // Not 'close': what the script started in the background may hold the pipes.
    child.on('exit', (code) => setTimeout(() => resolve({ code, out, err }), 50));
  });
}

export async function rpc(port, method, params = []) {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return (await response.json()).result;
}
