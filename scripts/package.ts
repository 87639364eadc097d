// `npm run package`: agent-live-graph.vsix from a fresh build.
import { statSync } from "node:fs";
import { build, packageExtension } from "./build.ts";
import { vsixFile } from "./paths.ts";

await build();
console.log(await packageExtension());
console.log(`${vsixFile}: ${Math.ceil(statSync(vsixFile).size / 1024)} KB`);
