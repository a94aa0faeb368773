// Where npm put Foundry's programs. Their npm front ends swallow the exit code and leave the program behind when they are killed.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const ARCHITECTURES = { x64: "amd64", arm64: "arm64" };

/** Path of the program itself, for instance of "forge". */
export function program(name) {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const platform = `${process.platform}-${ARCHITECTURES[process.arch]}`;
  return require.resolve(`@foundry-rs/${name}-${platform}/bin/${name}${suffix}`);
}
