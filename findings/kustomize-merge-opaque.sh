#!/usr/bin/env bash
# kustomize in kubectl 1.20: renewing a generated TLS Secret in an overlay changes its type to Opaque.
#
# Version: kubectl 1.20.2 (kubernetes-client of Debian 12), with the kustomize built into it.
# Behaviour: a base generates a Secret of type kubernetes.io/tls. An overlay provides new files with `behavior:
#   merge` (or `replace`) and does not repeat the type, since it merges. The result has the new files and the
#   type Opaque. With `merge`, the base's labels are kept, but not the type.
# Why it matters: the type of a Secret is immutable, so without a hash in the name, `kubectl apply` rejects the
#   renewed certificate, and the old one stays until it expires. With a hash it is applied, but anything that
#   selects Secrets by type (controllers, expiry exporters, policies) no longer sees it. The fix is to add
#   `type: kubernetes.io/tls`, in each overlay.
# Output seen:
#   base: kubernetes.io/tls
#   overlay, merge: Opaque, new certificate
#   overlay, replace: Opaque, new certificate
#   overlay, merge, type repeated: kubernetes.io/tls, new certificate
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install kubectl 2>/dev/null
cd "$here"
kubectl=$(echo "$here"/mtlsctl-peers/kubectl-*/usr/bin/kubectl)
"$kubectl" version --client --short | grep -F 'v1.20.2' || { echo 'changed: another kubectl'; exit 1; }
mkdir base overlay
for folder in base overlay; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$folder" \
        -keyout "$folder/tls.key" -out "$folder/tls.crt" 2>/dev/null
done
cat >base/kustomization.yaml <<'YAML'
secretGenerator:
- name: upstream
  type: kubernetes.io/tls
  files: [tls.crt, tls.key]
generatorOptions: {disableNameSuffixHash: true}
YAML
overlay() { # overlay BEHAVIOUR [LINE]: the type, and whose certificate it is
    cat >overlay/kustomization.yaml <<YAML
bases: [../base]
secretGenerator:
- name: upstream
  behavior: $1
  files: [tls.crt, tls.key]
  ${2:-}
generatorOptions: {disableNameSuffixHash: true}
YAML
    local made
    made=$("$kubectl" kustomize overlay)
    sed -n 's/^type: //p' <<<"$made" | tr '\n' ','
    if sed -n 's/^ *tls.crt: //p' <<<"$made" | base64 -d | cmp -s - overlay/tls.crt; then echo ' new certificate'; else echo ' old certificate'; fi
}
seen() { # seen WORDS FOUND EXPECTED
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
seen base "$("$kubectl" kustomize base | sed -n 's/^type: //p')" kubernetes.io/tls
seen 'overlay, merge' "$(overlay merge)" 'Opaque, new certificate'
seen 'overlay, replace' "$(overlay replace)" 'Opaque, new certificate'
seen 'overlay, merge, type repeated' "$(overlay merge 'type: kubernetes.io/tls')" 'kubernetes.io/tls, new certificate'
