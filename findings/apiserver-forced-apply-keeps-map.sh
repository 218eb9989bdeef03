#!/usr/bin/env bash
# kube-apiserver: after a forced apply takes over every entry of a map, the manager's next apply conflicts
# again.
#
# Version: kube-apiserver and kubectl 1.20.2 (source package and kubernetes-client of Debian), etcd of Debian.
# Behaviour: `kubectl create` creates a Secret, so the manager `kubectl-create` owns `data` and `data.a`.
#   Manager `b` applies another value with `--force-conflicts` and owns only `data.a`; `kubectl-create` keeps
#   `f:data: {}`, the map without an entry. The next write expands that to the whole map, so the next apply of
#   `b`, without force, is rejected: "conflict with kubectl-create: .data.a". Force never resolves it. It is
#   resolved once `f:data` is removed from that manager's `managedFields`.
# Why it matters: a controller that once took over a TLS Secret manually with force fails at the first rotation
#   after that, and the certificate in the Secret expires.
# Output seen:
#   b, forced: serverside-applied
#   b, again: conflict with "kubectl-create" using v1: .data.a
#   b, forced and again: conflict with "kubectl-create" using v1: .data.a
#   without the empty map: b, again: serverside-applied
#
# The kube-apiserver is built into the peers' cache, unless it is there; that takes a quarter of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
tests/peers/install kube-apiserver kubectl >/dev/null 2>&1
peers=${XDG_CACHE_HOME:-$HOME/.cache}/mtlsctl-peers
bin=$(echo "$peers"/kube-apiserver-*/bin)
kubectl=$(echo "$peers"/kubectl-*/usr/bin/kubectl)
"$bin/kube-apiserver" --version | grep -qF 'v1.20.2' || { echo 'changed: another kube-apiserver'; exit 1; }
here=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$here"' EXIT
cd "$here"
read -r client peer port < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(one.getsockname()[1] for one in all))')
"$bin/etcd" --data-dir etcd --listen-client-urls "http://127.0.0.1:$client" \
    --advertise-client-urls "http://127.0.0.1:$client" --listen-peer-urls "http://127.0.0.1:$peer" >etcd.log 2>&1 &
openssl genrsa -out sa.key 2048 2>/dev/null
openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
echo 'token,admin,1,"system:masters"' >tokens.csv
"$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$client" --secure-port="$port" --insecure-port=0 \
    --bind-address=127.0.0.1 --cert-dir=certs --service-account-key-file=sa.pub \
    --service-account-signing-key-file=sa.key --service-account-issuer=https://kubernetes.default.svc \
    --token-auth-file=tokens.csv --authorization-mode=RBAC --service-cluster-ip-range=10.0.0.0/24 >api.log 2>&1 &
k() { HOME=$here "$kubectl" --server="https://127.0.0.1:$port" --token=token --insecure-skip-tls-verify "$@"; }
for _ in $(seq 600); do k get namespace default >/dev/null 2>&1 && break || sleep 0.2; done
secret() { printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: default}\ndata: {a: %s}\n' "$1"; }
take() { # take VALUE [FLAG]: an apply of manager b
    secret "$1" | k apply --server-side --field-manager=b ${2:+"$2"} -f - 2>&1 || true
}
conflict='conflict with "kubectl-create" using v1: .data.a'
expect() { # expect WORDS GOT WHAT
    grep -qF "$1" <<<"$2" || { echo "changed: $3: $2"; exit 1; }
    echo "$3: $1"
}
k create secret generic s --from-literal=a=1 >/dev/null
expect serverside-applied "$(take Mg== --force-conflicts)" 'b, forced'
expect "$conflict" "$(take Mw==)" 'b, again'
take NA== --force-conflicts >/dev/null
expect "$conflict" "$(take NQ==)" 'b, forced and again'
k get secret s -o json | python3 -c '
import json, sys
secret = json.load(sys.stdin)
for manager in secret["metadata"]["managedFields"]:
    if manager["manager"] == "kubectl-create":
        assert manager["fieldsV1"].pop("f:data") == {}, "changed: the map is not empty"
print(json.dumps({"metadata": {"managedFields": secret["metadata"]["managedFields"]}}))' >patch.json
k patch secret s --type=merge --patch "$(cat patch.json)" >/dev/null
expect serverside-applied "$(take Ng==)" 'without the empty map: b, again'
