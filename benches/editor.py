#!/usr/bin/env python3
"""Measures the language server at its pipe, beside a cold `lint` of the same tree in the same run.

usage: editor.py PROGRAM FOLDER [--edits N]     (FOLDER as workload.py makes it, such as /tmp/bench/small)

Typed is the name in `tls:` of one Mapping, letter by letter, so that each change has another finding. A change counts
from the moment it is sent until the diagnostics of its version have come.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import time


class Editor:
    """The least editor that can be measured with."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.count = 0
        start = time.perf_counter()
        abilities = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}},
                     "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
        root = {"uri": folder.as_uri(), "name": "bench"}
        self.ask("initialize", {"capabilities": abilities, "workspaceFolders": [root]})
        self.tell("initialized", {})
        self.ask("textDocument/diagnostic", {"textDocument": {"uri": "file:///none.yaml"}})
        self.started = time.perf_counter() - start

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def read(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.startswith(b"Content-Length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, params):
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.count and "method" not in message:
                return message.get("result")

    def wait_for(self, uri, version):
        while True:
            params = self.read().get("params") or {}
            if params.get("uri") == uri and params.get("version") == version:
                return

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def milliseconds(times):
    times = sorted(1000 * one for one in times)
    last = times[min(len(times) - 1, int(len(times) * 0.99))]
    return f"{statistics.median(times):8.2f} {last:8.2f}"


def a_mapping(folder):
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text()
        if (found := re.search(r"kind: Mapping\n(?:.*\n)*?\s+tls: (\S+)", text)):
            return path, text, found
    raise SystemExit("no Mapping names a TLSContext")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--edits", type=int, default=200)
    given = arguments.parse_args()
    program, folder = os.path.abspath(given.program), given.folder.resolve()

    def lint():
        start = time.perf_counter()
        subprocess.run([program, "lint", "-o", "concise"], cwd=folder, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - start

    cold = [lint() for _ in range(3)]
    editor = Editor(program, folder)
    path, text, found = a_mapping(folder)
    uri = path.as_uri()
    editor.tell("textDocument/didOpen",
                {"textDocument": {"uri": uri, "languageId": "yaml", "version": 0, "text": text}})
    line = text[: found.start(1)].count("\n")
    column = found.start(1) - text.rfind("\n", 0, found.start(1)) - 1
    before = editor.resident()
    changes, version = [], 0

    def type_letter():
        nonlocal version
        version += 1
        # Letters come, and after 20 of them they all go again.
        length = len(found[1]) + (version - 1) % 20
        end = column + length
        edit = {"range": {"start": {"line": line, "character": end}, "end": {"line": line, "character": end}},
                "text": "x"}
        if version % 20 == 0:
            edit["range"]["start"]["character"] = column + len(found[1])
            edit["text"] = ""
        start = time.perf_counter()
        editor.tell("textDocument/didChange",
                    {"textDocument": {"uri": uri, "version": version}, "contentChanges": [edit]})
        editor.wait_for(uri, version)
        return time.perf_counter() - start

    for at in range(given.edits):
        changes.append(type_letter())
        if at % 100 == 50:
            cold.append(lint())
    asked = {"hover": [], "definition": [], "completion": []}
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column + 2}}
    for _ in range(50):
        for name, times in asked.items():
            start = time.perf_counter()
            editor.ask(f"textDocument/{name}", place)
            times.append(time.perf_counter() - start)
    after = editor.resident()

    print(f"{'ms':24} {'median':>8} {'99 %':>8}")
    print(f"{'cold lint':24} {milliseconds(cold)}")
    print(f"{'start to diagnostics':24} {1000 * editor.started:8.2f}")
    print(f"{'change to diagnostics':24} {milliseconds(changes)}")
    for name, times in asked.items():
        print(f"{name:24} {milliseconds(times)}")
    ratio = statistics.median(cold) / statistics.median(changes)
    print(f"a change is {ratio:.1f} times faster than a cold lint; the start takes "
          f"{editor.started / statistics.median(cold):.2f} times one")
    print(f"resident: {before:.0f} MB before, {after:.0f} MB after {given.edits} edits")
    editor.process.kill()


if __name__ == "__main__":
    main()
