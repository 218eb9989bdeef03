#!/usr/bin/env python3
"""Times mtlsctl against other manifest checkers on whole trees of workload.py.

usage: peers.py MTLSCTL FOLDER [--peers FOLDER] [--rounds N] [--only WORD]

`--peers` is a virtual environment (default target/peers-bench/py), made by
    python3 -m venv target/peers-bench/py
    target/peers-bench/py/bin/pip install checkov==3.3.30 yamllint==1.38.0 kubernetes-validate==1.37.0
and, beside it, `schemacheck` (see schemacheck.go), if a Go compiler was there to build it.

mtlsctl runs N rounds (default 5), the peers one round each unless --peer-rounds says otherwise: some
take minutes. CPU is user and system time of the process and its children, the least of the rounds.
"""

import argparse
import os
import pathlib
import resource
import subprocess
import time


def run(command):
    """Exit code, wall seconds and CPU seconds of a command and all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    code = subprocess.run(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mtlsctl", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--peers", type=pathlib.Path, default=pathlib.Path("target/peers-bench/py"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-rounds", type=int, default=1)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    binaries = args.peers.resolve() / "bin"
    schemacheck = args.peers.resolve().parent / "schemacheck"
    schemas = next(args.peers.resolve().glob("lib/python3*/site-packages/kubernetes_validate/kubernetes-json-schema"))
    found = {}
    for tree in ("small", "multi"):
        folder = args.folder / tree
        files = f"find {folder} -name '*.yaml' -print0 | xargs -0 -n 100000"
        jobs = {
            f"mtlsctl lint {tree}": (f"{args.mtlsctl.resolve()} lint --at 2026-11-24 {folder}", args.rounds),
            f"schemacheck {tree}": (f"{schemacheck} {schemas}/v1.37.0-local {folder}", args.peer_rounds),
            f"kubernetes-validate {tree}": (f"{files} {binaries}/kubernetes-validate --quiet", args.peer_rounds),
            f"yamllint {tree}": (f"{binaries}/yamllint -d relaxed {folder}", args.peer_rounds),
            f"checkov {tree}": (
                f"{binaries}/checkov -d {folder} --framework kubernetes --compact --quiet",
                args.peer_rounds,
            ),
        }
        for name, (command, rounds) in jobs.items():
            if args.only in name:
                found[name] = [run(f"exec {command}" if "|" not in command else command) for _ in range(rounds)]
                show(name, found[name])


def show(name, rounds):
    """One line: wall seconds (least, median, most), CPU seconds (least), exit codes."""
    walls = sorted(wall for _, wall, _ in rounds)
    cpu = min(cpu for _, _, cpu in rounds)
    codes = sorted({code for code, _, _ in rounds})
    print(
        f"{name:28}wall {walls[0]:8.2f} /{walls[len(walls) // 2]:8.2f} /{walls[-1]:8.2f} s   "
        f"CPU {cpu:8.2f} s   rounds {len(rounds)}   exit {codes}",
        flush=True,
    )


main()
