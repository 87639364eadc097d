import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./npm.mjs";
import { isToolInstalled, type NpmTool, npmToolStep, toolFolder } from "./npmTool.ts";

/** A Chromium that travels inside an npm package, for machines without one and without root. */
const tool: NpmTool = {
	name: "chromium",
	title: "browser",
	spec: "@sparticuz/chromium@153.0.0",
	flags: ["--ignore-scripts"],
	packages: 20,
	finish: unpack,
};

/** The package's own settings look for its fonts in /tmp; a page without any font ends the browser. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir prefix="relative">fonts</dir>
	<dir>/usr/share/fonts</dir>
	<cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

export const packagedBrowserStep = npmToolStep(tool);

/** The installed package's browser, with the environment it needs. */
export function packagedBrowser():
	| { executablePath: string; env: Record<string, string> }
	| undefined {
	if (!isToolInstalled(tool)) {
		return undefined;
	}
	const unpacked = join(toolFolder(tool), "unpacked");
	const libraries = join(unpacked, "al2023", "lib");
	const hasLibraries = existsSync(libraries);
	return {
		executablePath: join(unpacked, "chromium"),
		env: {
			FONTCONFIG_PATH: join(unpacked, "fonts"),
			...(hasLibraries ? { LD_LIBRARY_PATH: libraries } : {}),
		},
	};
}

/** The package unpacks itself into the folder for temporary files, so it is given one that stays. */
async function unpack(folder: string): Promise<void> {
	const unpacked = join(folder, "unpacked");
	mkdirSync(unpacked);
	const script = `
		import chromium, { inflate } from "@sparticuz/chromium";
		await chromium.executablePath();
		await inflate("node_modules/@sparticuz/chromium/bin/al2023.tar.br");`;
	const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
		cwd: folder,
		env: { ...process.env, TMPDIR: unpacked },
		encoding: "utf8",
	});
	if (status !== 0) {
		throw new SetupError(`The packaged browser could not be unpacked:\n${stderr}`);
	}
	writeFileSync(join(unpacked, "fonts", "fonts.conf"), fontSettings);
	// Its copies of system libraries are for machines that lack them, and could harm on others.
	const { stdout } = spawnSync("ldd", [join(unpacked, "chromium")], { encoding: "utf8" });
	if (stdout !== null && !stdout.includes("not found")) {
		rmSync(join(unpacked, "al2023"), { recursive: true });
	}
}
