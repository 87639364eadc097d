import * as vscode from "vscode";

/**
 * What runs a program on the files of a workspace begins with this.
 *
 * @throws Error in a workspace that is not trusted
 */
export function requireTrust(): void {
	if (!vscode.workspace.isTrusted) throw new Error("this workspace is not trusted");
}
