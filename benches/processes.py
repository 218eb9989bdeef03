#!/usr/bin/env python3
"""Times whole processes on the trees of workload.py, one after the other in rounds.

usage: processes.py MTLSCTL FOLDER [--rounds N] [--only WORD] [--others]

Other jobs on the machine disturb every figure, so each is the least of N rounds; the spread is that
of the rounds. `--others` adds the linters found on PATH (yamllint, checkov), once each.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import time


def run(command):
    """Wall seconds, CPU seconds and peak memory in MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise SystemExit(f"{command}: ended with {code}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mtlsctl")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--others", action="store_true")
    args = parser.parse_args()
    multi, small, world, log = (args.folder / name for name in ("multi", "small", "world", "log"))
    tool = os.path.abspath(args.mtlsctl)
    jobs = {
        "read multi (cat | wc -l)": f"exec bash -c 'cat {multi}/* | wc -l'",
        "lint multi": f"exec {tool} lint --at 2026-11-24 {multi}",
        "lint multi -o concise": f"exec {tool} lint --at 2026-11-24 -o concise {multi}",
        "lint multi --check-yaml": f"exec {tool} lint --at 2026-11-24 --check-yaml {multi}",
        "read small (cat, 2 at a time)": f"exec bash -c 'find {small} -type f -print0 | xargs -0 -P2 -n 2500 cat'",
        "lint small": f"exec {tool} lint --at 2026-11-24 {small}",
    }
    for size in (1_000, 10_000, 100_000):
        jobs[f"resolve world {size}"] = f"exec {tool} resolve -o json -f {world}/{size}.yaml"
        jobs[f"lint world {size}"] = f"exec {tool} lint --at 2026-11-24 {world}/{size}.yaml"
    if log.exists():
        jobs["grep -c -F -f words log"] = f"exec grep -c -F -f {log}/words {log}/gateway.log"
        jobs["explain log"] = f"exec {tool} explain {log}/gateway.log"
    jobs = {name: job for name, job in jobs.items() if args.only in name}
    found = {name: [] for name in jobs}
    for _ in range(args.rounds):
        for name, command in jobs.items():
            found[name].append(run(command))
    if args.others:
        for name, command in {
            "yamllint small": f"exec yamllint {small}",
            "checkov small": f"exec checkov -d {small} --framework kubernetes --compact --quiet",
        }.items():
            if shutil.which(name.split()[0]):
                found[name] = [run(command)]
    print(f"{'':32}{'wall ms':>9}{'median':>9}{'most':>9}{'CPU ms':>9}{'peak MB':>9}")
    for name, rounds in found.items():
        walls = sorted(wall * 1000 for wall, _, _ in rounds)
        cpu = min(cpu for _, cpu, _ in rounds) * 1000
        peak = max(peak for _, _, peak in rounds)
        median = walls[len(walls) // 2]
        print(f"{name:32}{walls[0]:9.0f}{median:9.0f}{walls[-1]:9.0f}{cpu:9.0f}{peak:9.0f}")


main()
