// Starts `mtlsctl lsp`, and runs the commands that its lenses call.

import {
  commands,
  ExtensionContext,
  Location,
  Position,
  ProcessExecution,
  Range,
  Task,
  TaskScope,
  tasks,
  Uri,
  workspace,
} from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

interface Place {
  uri: string;
  range: Range;
}

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const settings = workspace.getConfiguration("mtlsctl");
  const command = settings.get<string>("path", "mtlsctl");
  client = new LanguageClient(
    "mtlsctl",
    { command, args: ["lsp", ...settings.get<string[]>("arguments", [])] },
    {
      documentSelector: ["yaml", "json", "helm"].map((language) => ({ scheme: "file", language })),
      initializationOptions: { commands: ["mtlsctl.showReferences", "mtlsctl.probe"] },
    },
  );
  context.subscriptions.push(
    client,
    commands.registerCommand("mtlsctl.restart", () => client?.restart()),
    commands.registerCommand("mtlsctl.showReferences", showReferences),
    commands.registerCommand("mtlsctl.probe", (name: string, folder: string) => probe(command, name, folder)),
  );
  await client.start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

function position(at: Position): Position {
  return new Position(at.line, at.character);
}

function showReferences(uri: string, at: Position, places: Place[]): Thenable<unknown> {
  const locations = places.map(
    ({ uri, range }) => new Location(Uri.parse(uri), new Range(position(range.start), position(range.end))),
  );
  return commands.executeCommand("editor.action.showReferences", Uri.parse(uri), position(at), locations);
}

// The program is run without a shell, so a name is one word, whatever stands in the manifest.
function probe(command: string, name: string, folder: string): Thenable<unknown> {
  const execution = new ProcessExecution(command, ["probe", "-f", ".", "--", name], { cwd: folder });
  return tasks.executeTask(new Task({ type: "mtlsctl" }, TaskScope.Workspace, `probe ${name}`, "mtlsctl", execution));
}
