#!/usr/bin/env python3
"""Times `mtlsctl lint -A` on a real API server beside `kubectl get` of the same kinds.

usage: cluster.py MTLSCTL [--rounds N] [--mappings N]

Starts etcd and kube-apiserver from the peers' cache (tests/peers/install), fills them with Mappings,
a context and a Secret for every fourth of them, and compares in each round: CPU and peak memory of
both, and the findings with those of `kubectl get -o yaml | mtlsctl lint -`. Ends with 1 where the
findings differ.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

KINDS = ["Mapping", "TCPMapping", "TLSContext", "Host", "Module", "Listener"]
GET = ("services,deployments,daemonsets,statefulsets,ingresses.networking.k8s.io,roles,rolebindings,secrets,"
       + ",".join(f"{kind.lower()}s.v3alpha1.getambassador.io" for kind in KINDS))


def peer(pattern):
    """The newest installed program that fits."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "mtlsctl-peers"
    found = sorted(cache.glob(pattern))
    if not found:
        raise SystemExit(f"{pattern} is not in {cache}: run tests/peers/install")
    return str(found[-1])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start_api(here, processes):
    """A kubeconfig of a server that is ready."""
    client, other, port = free_port(), free_port(), free_port()
    at = f"http://127.0.0.1:{client}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes.append(subprocess.Popen(
        [peer("kube-apiserver-*/bin/etcd"), "--data-dir", here / "etcd", "--listen-client-urls", at,
         "--advertise-client-urls", at, "--listen-peer-urls", f"http://127.0.0.1:{other}"], **quiet))
    openssl = peer("openssl-*/usr/bin/openssl")
    library = pathlib.Path(openssl).parents[1] / "lib/x86_64-linux-gnu"
    environment = {**os.environ, "LD_LIBRARY_PATH": str(library)}
    for command in (["genrsa", "-out", here / "sa.key", "2048"],
                    ["rsa", "-in", here / "sa.key", "-pubout", "-out", here / "sa.pub"]):
        subprocess.run([openssl, *command], check=True, env=environment, **quiet)
    (here / "tokens.csv").write_text('admin-token,admin,1,"system:masters"\n')
    processes.append(subprocess.Popen(
        [peer("kube-apiserver-*/bin/kube-apiserver"), f"--etcd-servers={at}", f"--secure-port={port}",
         "--insecure-port=0", "--bind-address=127.0.0.1", f"--cert-dir={here}/certs",
         f"--service-account-key-file={here}/sa.pub", f"--service-account-signing-key-file={here}/sa.key",
         "--service-account-issuer=https://kubernetes.default.svc", f"--token-auth-file={here}/tokens.csv",
         "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24",
         "--disable-admission-plugins=ServiceAccount"], **quiet))
    config = here / "kubeconfig"
    config.write_text(json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": "bench",
        "clusters": [{"name": "bench", "cluster": {
            "server": f"https://127.0.0.1:{port}", "insecure-skip-tls-verify": True}}],
        "users": [{"name": "admin", "user": {"token": "admin-token"}}],
        "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "admin"}}],
    }))
    return config


def fill(kubectl, here, mappings):
    """The kinds' definitions, and the objects."""
    definitions = []
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    for kind in KINDS:
        plural = kind.lower() + "s"
        definitions.append({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.getambassador.io"},
            "spec": {"group": "getambassador.io", "scope": "Namespaced",
                     "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
                     "versions": [{"name": "v3alpha1", "served": True, "storage": True, "schema": schema}]},
        })
    apply(kubectl, here, definitions)
    while subprocess.run([*kubectl, "get", GET, "-A"], capture_output=True).returncode != 0:
        time.sleep(0.5)
    cert = pathlib.Path(__file__).parents[1] / "testdata/verify/C11b/c.pem"
    key = next(pathlib.Path(__file__).parents[1].glob("testdata/verify/C11b/*.key"))
    pair = {"tls.crt": base64.b64encode(cert.read_bytes()).decode(),
            "tls.key": base64.b64encode(key.read_bytes()).decode()}
    objects = []
    ambassador = {"apiVersion": "getambassador.io/v3alpha1"}
    for number in range(mappings // 4):
        objects.append({"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
                        "metadata": {"name": f"s{number}", "namespace": "default"}, "data": pair})
        objects.append({**ambassador, "kind": "TLSContext",
                        "metadata": {"name": f"c{number}", "namespace": "default"},
                        "spec": {"secret": f"s{number}", "min_tls_version": "v1.2", "alpn_protocols": "h2"}})
    for number in range(mappings):
        # One in fifty names a context that is not there.
        context = "nowhere" if number % 50 == 0 else f"c{number % (mappings // 4)}"
        objects.append({**ambassador, "kind": "Mapping",
                        "metadata": {"name": f"m{number}", "namespace": "default"},
                        "spec": {"hostname": "*", "prefix": f"/{number}/", "tls": context,
                                 "service": f"https://svc{number}.default:8443"}})
    for start in range(0, len(objects), 500):
        apply(kubectl, here, objects[start:start + 500])


def apply(kubectl, here, objects):
    path = here / "objects.json"
    path.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
    subprocess.run([*kubectl, "create", "--validate=false", "-f", path], check=True, stdout=subprocess.DEVNULL)


def measured(command, out):
    """CPU seconds and peak memory in MB of a command."""
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def findings(path):
    """Rule, object and message without what says how much was given."""
    told = set()
    for found in json.loads(path.read_text())["findings"]:
        message = found["message"].split(" in the ")[0].split(" in this ")[0]
        told.add((found["rule"], json.dumps(found["object"]), message))
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mtlsctl")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mappings", type=int, default=2000)
    args = parser.parse_args()
    tool = os.path.abspath(args.mtlsctl)
    here = pathlib.Path(tempfile.mkdtemp(prefix="mtlsctl-bench-"))
    processes = []
    try:
        config = start_api(here, processes)
        kubectl = [peer("kubectl-*/usr/bin/kubectl"), "--kubeconfig", str(config)]
        while subprocess.run([*kubectl, "get", "namespace", "default"], capture_output=True).returncode != 0:
            time.sleep(0.2)
        fill(kubectl, here, args.mappings)
        figures = {"kubectl get": [], "lint -A": []}
        get = [*kubectl, "get", GET, "-A", "-o", "yaml"]
        lint = [tool, "lint", "-A", "--kubeconfig", str(config), "--no-config", "-o", "json"]
        for _ in range(args.rounds):
            figures["kubectl get"].append(measured(get, here / "all.yaml"))
            figures["lint -A"].append(measured(lint, here / "cluster.json"))
        for name, rounds in figures.items():
            cpu, peak = (min(column) for column in zip(*rounds))
            print(f"{name:12} {cpu * 1000:6.0f} ms CPU  {peak:5.0f} MB")
        ratio = min(own[0] for own in figures["lint -A"]) / min(get[0] for get in figures["kubectl get"])
        print(f"ratio        {ratio:.2f}")
        piped = here / "piped.json"
        with open(here / "all.yaml", "rb") as given, open(piped, "wb") as out:
            subprocess.run([tool, "lint", "-", "--no-config", "-o", "json"], stdin=given, stdout=out)
        own, other = findings(here / "cluster.json"), findings(piped)
        print(f"findings     {len(own)}, {len(own ^ other)} of them not the same as by way of kubectl")
        return 1 if own != other else 0
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()
        shutil.rmtree(here, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
